/**
 * The exponent `b` of `cost = a * size^b`, by least squares on the logarithms: 1 where cost grows as size does, 0 where
 * it does not grow.
 */
export function growthExponent(points: readonly (readonly [size: number, cost: number])[]): number {
  const logs = points.map(([size, cost]) => [Math.log(size), Math.log(cost)] as const);
  const mean = (index: 0 | 1) => logs.reduce((sum, point) => sum + point[index], 0) / logs.length;
  const [middleX, middleY] = [mean(0), mean(1)];
  const joint = logs.reduce((sum, [x, y]) => sum + (x - middleX) * (y - middleY), 0);
  const spread = logs.reduce((sum, [x]) => sum + (x - middleX) ** 2, 0);
  return joint / spread;
}
