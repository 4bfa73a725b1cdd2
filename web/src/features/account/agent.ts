/** What a browser calls itself, in few words. */

// The order matters: each of them also names those below it.
const BROWSERS: [RegExp, string][] = [
  [/\bMicroMessenger\//, "WeChat"], [/\bEdgA?\//, "Edge"], [/\bOPR\//, "Opera"], [/\bFirefox\/|\bFxiOS\//, "Firefox"],
  [/Chrome\/|CriOS\//, "Chrome"], [/\bSafari\//, "Safari"],
];
const SYSTEMS: [RegExp, string][] = [
  [/iPhone/, "iPhone"], [/iPad/, "iPad"], [/Android/, "Android"], [/Windows/, "Windows"], [/Mac OS X|Macintosh/, "macOS"], [/CrOS/, "ChromeOS"], [/Linux/, "Linux"],
];

const first = (named: [RegExp, string][], agent: string) => named.find(([like]) => like.test(agent))?.[1];

/** Browser and system as far as they are known; what it says itself where neither is. */
export function browserOf(agent: string): string {
  const known = [first(BROWSERS, agent), first(SYSTEMS, agent)].filter(Boolean);
  return known.length ? known.join(" · ") : agent.split(" ")[0] || "–";
}
