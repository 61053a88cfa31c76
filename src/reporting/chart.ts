/** One picture of a digest for a phone: who has reported, by group, and how it went over the weeks. */
import type { BarSeriesOption, EChartsOption, LineSeriesOption, SeriesOption } from "echarts";
import { shortInstant } from "../core/clock";
import type { DigestContent, GroupRow, TrendPoint } from "./digest-content";
import { percentOf, periodText, receivedText } from "./digest-wording.vi";

/** Wide enough for letters to stay sharp where a phone shows the picture at a third of its size. */
const WIDTH_PX = 1080;
const PAD_PX = 40;
const TITLE_PX = 190;
const GROUP_PX = 86;
const TREND_PX = 400;
const HEADING_PX = 70;
const LABELS_PX = 330;
const FONT_PX = 27;
const SMALL_PX = 25;
/** More bars than this are too thin to read; the groups with most units missing are shown. */
const MAX_GROUPS = 12;

/** Told apart without red and green alone: they differ in lightness too. */
const COLOURS = {
  onTime: "#1f6f4a",
  late: "#e0a526",
  missing: "#c3c8d0",
  ink: "#1d2430",
  faint: "#5b6472",
} as const;

/** The chart as SVG, drawn in `family`; the same digest gives the same picture. */
export async function digestChartSvg(content: DigestContent, family: string): Promise<string> {
  const echarts = await import("echarts");
  echarts.setPlatformAPI({ measureText: (text, font) => measured(text, font ?? "") });
  const groups = shownGroups(content);
  const withTrend = content.trend.length > 1;
  const groupsHeight = HEADING_PX + groups.length * GROUP_PX;
  const height = TITLE_PX + groupsHeight + (withTrend ? HEADING_PX + TREND_PX : 0) + PAD_PX;
  const chart = echarts.init(null, null, { renderer: "svg", ssr: true, width: WIDTH_PX, height });
  chart.setOption(optionOf(content, { groups, withTrend, groupsHeight, family }));
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}

/** There is no canvas to measure on: marks take no width, letters about half their height. */
function measured(text: string, font: string): { width: number } {
  const size = Number(/([\d.]+)px/.exec(font)?.[1] ?? FONT_PX);
  const letters = Array.from(text.normalize("NFD").replace(/\p{M}/gu, ""));
  const widths = letters.map((c) => (/[A-ZĐMW%]/.test(c) ? 0.66 : /[iljtfr .,:;'()|]/.test(c) ? 0.31 : 0.55));
  return { width: size * widths.reduce((a, b) => a + b, 0) };
}

function shownGroups({ groups }: DigestContent): readonly GroupRow[] {
  const owing = groups.filter(({ counts }) => counts.expected > 0);
  if (owing.length <= MAX_GROUPS) return owing;
  const kept = new Set(owing.toSorted((a, b) => b.counts.missing - a.counts.missing).slice(0, MAX_GROUPS));
  return owing.filter((group) => kept.has(group));
}

interface Layout {
  readonly groups: readonly GroupRow[];
  readonly withTrend: boolean;
  readonly groupsHeight: number;
  readonly family: string;
}

function optionOf(content: DigestContent, layout: Layout): EChartsOption {
  const { groups, withTrend, groupsHeight, family } = layout;
  const trendTop = TITLE_PX + groupsHeight + HEADING_PX;
  const text = { fontFamily: family, fontSize: FONT_PX, color: COLOURS.ink };
  return {
    animation: false,
    backgroundColor: "#ffffff",
    textStyle: text,
    title: titlesOf(content, layout),
    legend: [
      legendOf(text, TITLE_PX, Object.values(BAR_NAMES)),
      ...(withTrend ? [legendOf(text, TITLE_PX + groupsHeight + 24, Object.values(LINE_NAMES))] : []),
    ],
    grid: [
      {
        left: PAD_PX + LABELS_PX,
        right: PAD_PX + 110,
        top: TITLE_PX + HEADING_PX,
        height: groupsHeight - HEADING_PX,
      },
      ...(withTrend
        ? [{ left: PAD_PX + 70, right: PAD_PX + 20, top: trendTop + 50, height: TREND_PX - 120 }]
        : []),
    ],
    ...axesOf(content, layout, text),
    series: [...barsOf(groups, text), ...(withTrend ? trendOf(content, text) : [])],
  };
}

function axesOf(
  content: DigestContent,
  { groups, withTrend }: Layout,
  text: TextStyle,
): Pick<EChartsOption, "xAxis" | "yAxis"> {
  return {
    xAxis: [
      { type: "value", max: 1, show: false, gridIndex: 0 },
      ...(withTrend
        ? [
            {
              type: "category" as const,
              gridIndex: 1,
              data: content.trend.map(({ period }) => periodText(period).replace(/\/\d{4}$/, "")),
              axisLabel: { ...text, fontSize: SMALL_PX, interval: "auto" as const },
              axisTick: { show: false },
            },
          ]
        : []),
    ],
    yAxis: [
      {
        type: "category",
        gridIndex: 0,
        inverse: true,
        data: groups.map(({ group }) => group),
        axisLine: { show: false },
        axisTick: { show: false },
        axisLabel: { ...text, width: LABELS_PX - 24, overflow: "break", lineHeight: 31 },
      },
      ...(withTrend
        ? [
            {
              type: "value" as const,
              gridIndex: 1,
              min: 0,
              max: 100,
              interval: 25,
              axisLabel: { ...text, fontSize: SMALL_PX, color: COLOURS.faint, formatter: "{value}%" },
              splitLine: { lineStyle: { color: "#e6e9ee" } },
            },
          ]
        : []),
    ],
  };
}

interface TextStyle {
  readonly fontFamily: string;
  readonly fontSize: number;
  readonly color: string;
}

const LINE_NAMES = { received: "Tỷ lệ nhận", onTime: "Tỷ lệ đúng hạn" } as const;
const BAR_NAMES = { onTime: "Đúng hạn", late: "Nộp muộn", missing: "Chưa nộp" } as const;

const legendOf = (text: TextStyle, top: number, data: string[]) => ({
  top,
  right: PAD_PX,
  itemWidth: 26,
  itemHeight: 18,
  itemGap: 22,
  textStyle: { ...text, fontSize: SMALL_PX },
  data,
});

function titlesOf(content: DigestContent, { withTrend, groupsHeight, family }: Layout) {
  const base = { fontFamily: family, color: COLOURS.ink };
  const heading = (text: string, top: number) => ({
    text,
    left: PAD_PX - 5,
    top,
    textStyle: { ...base, fontSize: 31, fontWeight: 500 },
  });
  return [
    {
      text: `Tổng hợp ${periodText(content.period.id)}`,
      subtext: `${content.line.name}\nĐã nhận ${receivedText(content.counts)}, chốt ${shortInstant(content.frozenAt)}`,
      left: PAD_PX - 5,
      top: 24,
      itemGap: 14,
      textStyle: { ...base, fontSize: 42, fontWeight: 500 },
      subtextStyle: { ...base, fontSize: 28, color: COLOURS.faint, lineHeight: 38 },
    },
    heading("Theo nhóm", TITLE_PX),
    ...(withTrend ? [heading("Qua các tuần", TITLE_PX + groupsHeight + 24)] : []),
  ];
}

function barsOf(groups: readonly GroupRow[], text: TextStyle): SeriesOption[] {
  const bar = (name: string, color: string, count: (group: GroupRow) => number): BarSeriesOption => ({
    name,
    type: "bar",
    stack: "group",
    barWidth: 36,
    itemStyle: { color },
    data: groups.map((group) => count(group) / Math.max(group.counts.expected, 1)),
  });
  return [
    bar(BAR_NAMES.onTime, COLOURS.onTime, ({ counts }) => counts.onTime),
    bar(BAR_NAMES.late, COLOURS.late, ({ counts }) => counts.late),
    bar(BAR_NAMES.missing, COLOURS.missing, ({ counts }) => counts.missing),
    {
      // An empty bar at the end of the others: a label on any of them would vanish where that one is 0.
      ...bar("", "transparent", () => 0),
      label: {
        ...text,
        show: true,
        position: "right",
        formatter: ({ dataIndex }: { dataIndex: number }) => sharesOf(groups[dataIndex]),
      },
    },
  ];
}

const sharesOf = (group: GroupRow | undefined): string =>
  group === undefined ? "" : `${group.counts.received}/${group.counts.expected}`;

function trendOf({ trend }: DigestContent, text: TextStyle): SeriesOption[] {
  const line = (name: string, color: string, of: (point: TrendPoint) => number): LineSeriesOption => ({
    name,
    type: "line",
    xAxisIndex: 1,
    yAxisIndex: 1,
    symbol: "circle",
    symbolSize: 14,
    lineStyle: { width: 5, color },
    itemStyle: { color },
    data: trend.map((point) => percentOf(of(point), point.expected) ?? 0),
  });
  return [
    {
      ...line(LINE_NAMES.received, COLOURS.ink, ({ received }) => received),
      label: { ...text, fontSize: SMALL_PX, show: true, position: "top", formatter: "{c}%" },
    },
    line(LINE_NAMES.onTime, COLOURS.onTime, ({ onTime }) => onTime),
  ];
}
