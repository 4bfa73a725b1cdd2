/** Where a definition is called and shown. */
import { useQuery } from "@tanstack/react-query";
import { definitionsQuery } from "@/api/definitions";
import type { DefinitionInForce, Sort, Words } from "@/api/types";
import { useWords } from "@/i18n";
import { useFormat } from "@/ui/useFormat";
import type { Place } from "./usage";

/** A record, so that a sort that comes later is missed when types are checked. */
const EVERY: Record<Sort, true> = { layerings: true, audiences: true, tags: true, tag_groups: true, population: true, events: true, mappings: true };
export const SORTS = Object.keys(EVERY) as Sort[];

interface Called {
  sort: Sort;
  key: string;
  name: Words | null;
}

/** What a definition is called; one without a name by what it is. */
export function useCalled(): (one: Called) => string {
  const { t } = useWords();
  const { title } = useFormat();
  return ({ sort, key, name }) => {
    if (name) return title(name);
    if (sort === "events" || sort === "population") return t(`definitions.sort.${sort}`);
    return sort === "mappings" ? t("definitions.mapping", { table: t(`data.table.${key.replace(/_[0-9a-f]{12}$/, "")}`, { defaultValue: key }) }) : key;
  };
}

export const pageOf = ({ sort, key }: Pick<DefinitionInForce, "sort" | "key">) => `/settings/definitions/${sort}/${encodeURIComponent(key)}`;

/** The page on which it does its work. */
export function workPlaceOf(place: Place): string {
  const [sort, ...rest] = place.split("/");
  const key = encodeURIComponent(rest.join("/"));
  if (sort === "population") return "/settings";
  if (sort === "tag_groups") return "/audiences?tab=tags";
  if (sort === "tags") return `/audiences?tab=tags&tag=${key}`;
  return sort === "layerings" || sort === "audiences" ? `/${sort}/${key}` : "/data";
}

export interface Named {
  name: string;
  path: string;
  sort: string;
}

/** Names and pages of what is in force, by place. */
export function useNamed(): (place: Place) => Named {
  const called = useCalled();
  const definitions = useQuery(definitionsQuery).data ?? [];
  return (place) => {
    const sort = place.split("/")[0] as string;
    const one = definitions.find((other) => `${other.sort}/${other.key}` === place);
    return one ? { name: called(one), path: pageOf(one), sort } : { name: place, path: workPlaceOf(place), sort };
  };
}
