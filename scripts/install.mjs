// Installs what package-lock.json says, when something else or nothing is installed.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A lock of a process whose id somebody else has by now. */
const LOCK_STALE_MS = 15 * 60_000;
/** A lock whose owner died before it wrote its name. */
const NAMELESS_STALE_MS = 10_000;

/**
 * Installs in `root` unless it is done: all of it with `dev`, otherwise what running needs. Packages for development that are there
 * are kept. `onInstall` is called before npm is. Returns npm's result, or undefined when there was nothing to do.
 */
export function install(root, { dev, stdio, onInstall }) {
  if (isInstalled(root, dev)) return undefined;
  return withLock(root, () => {
    // Another process may have installed it while this one waited.
    if (isInstalled(root, dev)) return undefined;
    onInstall?.();
    const omit = dev || hasDev(root) ? [] : ['--omit=dev'];
    const args = ['ci', ...omit, '--no-audit', '--no-fund', '--loglevel=error'];
    return spawnSync('npm', args, { cwd: root, encoding: 'utf8', stdio });
  });
}

/** Compares what npm wrote down of its last install with the lock file: times say little after a checkout. */
function isInstalled(root, dev) {
  const wanted = packages(path.join(root, 'package-lock.json'));
  const installed = installedPackages(root);
  return Object.entries(wanted).every(([place, one]) => {
    if (place === '' || (one.dev && !dev)) return true;
    const there = installed[place];
    // Optional ones are for other machines.
    if (!there) return Boolean(one.optional || one.devOptional);
    return (
      there.version === one.version &&
      there.integrity === one.integrity &&
      (one.optional || existsSync(path.join(root, place)))
    );
  });
}

function hasDev(root) {
  return Object.values(installedPackages(root)).some((one) => one.dev);
}

function installedPackages(root) {
  try {
    return packages(path.join(root, 'node_modules', '.package-lock.json'));
  } catch {
    return {};
  }
}

function packages(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
}

/** Two at once would empty node_modules under each other. */
function withLock(root, run) {
  // In dist, which git does not see and npm does not empty.
  const lock = path.join(root, 'dist', '.installing');
  mkdirSync(path.dirname(lock), { recursive: true });
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      if (isStale(lock)) removeStale(lock);
      else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
    }
  }
  try {
    return run();
  } finally {
    rmSync(lock, { force: true });
  }
}

/** Of two that find the same stale lock the slower would remove the faster one's new lock: removing is itself locked, and judges again. */
function removeStale(lock) {
  const guard = `${lock}.break`;
  try {
    writeFileSync(guard, '', { flag: 'wx' });
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    // Held for a moment only; an old one is of a process that died in that moment.
    if (isStale(guard)) rmSync(guard, { force: true });
    return;
  }
  try {
    if (isStale(lock)) rmSync(lock, { force: true });
  } finally {
    rmSync(guard, { force: true });
  }
}

function isStale(lock) {
  try {
    const age = Date.now() - statSync(lock).mtimeMs;
    const owner = Number(readFileSync(lock, 'utf8'));
    if (!owner) return age > NAMELESS_STALE_MS;
    return age > LOCK_STALE_MS || !isAlive(owner);
  } catch {
    // It was given back in the meantime.
    return false;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
