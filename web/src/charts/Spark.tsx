/** A small histogram of one trait within one layer. */
interface Props {
  counts: number[];
  fill: string;
  width?: number;
  height?: number;
}

export function Spark({ counts, fill, width = 112, height = 30 }: Props) {
  const top = Math.max(1, ...counts);
  const step = width / Math.max(1, counts.length);
  return (
    <svg width={width} height={height} aria-hidden>
      {counts.map((count, at) => {
        const tall = count ? Math.max(1.5, (count / top) * (height - 1)) : 0;
        return <rect key={at} x={at * step} y={height - tall} width={Math.max(1, step - 1)} height={tall} rx={1} fill={fill} />;
      })}
      <line x1={0} x2={width} y1={height - 0.5} y2={height - 0.5} stroke={fill} strokeOpacity={0.4} />
    </svg>
  );
}
