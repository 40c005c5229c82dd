export type { Check, DoctorInput, DoctorSettings, Statement } from './doctor/check.ts';
export { checks } from './doctor/checks.ts';
export type { Probe, ProbeReply, ProbeRequest } from './doctor/probe.ts';
export { chooseChecks, type FinishedCheck, runChecks } from './doctor/run-checks.ts';
export { rootCause } from './report/root-cause.ts';
