/** What a rule can ask of in this workspace, as far as the builder offers it. */
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { staffQuery } from "@/api/knowing";
import { audiencesQuery, eventsQuery, layeringsQuery, tagsQuery } from "@/api/queries";
import { usePeriod } from "@/ui/period";
import { useFormat } from "@/ui/useFormat";
import type { Known, Leaf, Named } from "./leaves";

/** A rule that names what is masked is refused. */
const told = (one: { masked: boolean }) => !one.masked;

export function useKnown(kinds: Leaf[]): Known {
  const { say, title } = useFormat();
  const { asked } = usePeriod();
  const events = useQuery(eventsQuery({})).data;
  const { data: layerings, isLoading: waiting } = useQuery({ ...layeringsQuery(asked.as_of), enabled: kinds.includes("layering") });
  const tags = useQuery({ ...tagsQuery, enabled: kinds.includes("tag") }).data;
  const audiences = useQuery({ ...audiencesQuery(asked.as_of), enabled: kinds.includes("audience") }).data;
  const staff = useQuery({ ...staffQuery, enabled: kinds.includes("staff") }).data;
  return useMemo(() => {
    const meant = new Map<string, Named>();
    // Several names of the data may mean the same: a rule asks for the meaning.
    for (const one of events?.names ?? []) if (!meant.has(one.means)) meant.set(one.means, { key: one.means, name: title(one.words) });
    return {
      events: [...meant.values()],
      layerings: layerings?.filter(told) ?? [],
      tags: tags?.tags.filter(told).map((tag) => ({ key: tag.key, name: say(tag.name) })) ?? [],
      staff: staff?.staff.map((one) => ({ key: one.name, name: one.name })) ?? [],
      waiting,
      audiences: audiences?.audiences.filter(told).map((one) => ({ key: one.key, name: say(one.name) })) ?? [],
    };
  }, [events, layerings, waiting, tags, audiences, staff, say, title]);
}
