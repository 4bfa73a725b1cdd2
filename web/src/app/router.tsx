/** Which address shows which page. */
import {
  createRootRoute, createRoute, createRouter, lazyRouteComponent, retainSearchParams,
} from "@tanstack/react-router";
import type { Days } from "@/api/queries";
import { once, parseSearch, several, writeSearch } from "@/ui/address";
import { isDay } from "@/ui/period";
import { Layout } from "./Layout";
import { Broken, Lost } from "./Lost";

type Given = Record<string, unknown>;

interface CustomerSearch {
  layering?: string;
  layer?: string[];
  from_layer?: string;
  staff?: string[];
  q?: string;
  min?: string[];
  max?: string[];
  sort?: string;
  order?: "asc";
}

interface LayeringSearch {
  layer?: string;
  tab?: string;
  refit?: string;
  draft?: string[];
  range?: string;
  every?: string;
  outcome?: string;
  when?: string;
  day?: string;
}

function day(value: unknown): string | undefined {
  const text = once(value);
  return text && isDay(text) ? text : undefined;
}

const root = createRootRoute({
  component: Layout,
  notFoundComponent: Lost,
  errorComponent: Broken,
  validateSearch: (given: Given): Days & { store?: string } => ({ as_of: day(given.as_of), compare: day(given.compare), store: once(given.store) }),
  search: { middlewares: [retainSearchParams(["as_of", "compare", "store"])] },
});

const overview = createRoute({
  getParentRoute: () => root,
  path: "/",
  component: lazyRouteComponent(() => import("@/features/overview/OverviewPage")),
});

const customers = createRoute({
  getParentRoute: () => root,
  path: "/customers",
  validateSearch: (given: Given): CustomerSearch => ({
    layering: once(given.layering),
    layer: several(given.layer),
    from_layer: once(given.from_layer),
    staff: several(given.staff),
    q: once(given.q),
    min: several(given.min),
    max: several(given.max),
    sort: once(given.sort),
    order: once(given.order) === "asc" ? "asc" : undefined,
  }),
  component: lazyRouteComponent(() => import("@/features/customers/CustomersPage")),
});

const portrait = createRoute({
  getParentRoute: () => root,
  path: "/customers/$customerId",
  component: lazyRouteComponent(() => import("@/features/customers/PortraitPage")),
});

const layerings = createRoute({
  getParentRoute: () => root,
  path: "/layerings",
  component: lazyRouteComponent(() => import("@/features/layerings/LayeringsPage")),
});

const compare = createRoute({
  getParentRoute: () => root,
  path: "/layerings/compare",
  validateSearch: (given: Given): { first?: string; second?: string } => ({ first: once(given.first), second: once(given.second) }),
  component: lazyRouteComponent(() => import("@/features/layerings/ComparePage")),
});

const build = createRoute({
  getParentRoute: () => root,
  path: "/layerings/new",
  validateSearch: (given: Given): { kind?: string } => ({ kind: once(given.kind) }),
  component: lazyRouteComponent(() => import("@/features/layerings/NewLayeringPage")),
});

const layering = createRoute({
  getParentRoute: () => root,
  path: "/layerings/$key",
  validateSearch: (given: Given): LayeringSearch => ({
    layer: once(given.layer),
    tab: once(given.tab),
    refit: once(given.refit),
    draft: several(given.draft),
    range: once(given.range),
    every: once(given.every),
    outcome: once(given.outcome),
    when: once(given.when),
    day: once(given.day),
  }),
  component: lazyRouteComponent(() => import("@/features/layerings/LayeringPage")),
});

const audiences = createRoute({
  getParentRoute: () => root,
  path: "/audiences",
  validateSearch: (given: Given): { tab?: string; tag?: string; with?: string[] } => ({ tab: once(given.tab), tag: once(given.tag), with: several(given.with) }),
  component: lazyRouteComponent(() => import("@/features/audiences/AudiencesPage")),
});

const newAudience = createRoute({
  getParentRoute: () => root,
  path: "/audiences/new",
  validateSearch: (given: Given): { rule?: string; edit?: string } => ({ rule: once(given.rule), edit: once(given.edit) }),
  component: lazyRouteComponent(() => import("@/features/audiences/NewAudiencePage")),
});

const audience = createRoute({
  getParentRoute: () => root,
  path: "/audiences/$key",
  component: lazyRouteComponent(() => import("@/features/audiences/AudiencePage")),
});

const data = createRoute({
  getParentRoute: () => root,
  path: "/data",
  component: lazyRouteComponent(() => import("@/features/data/DataPage")),
});

const importRun = createRoute({
  getParentRoute: () => root,
  path: "/data/imports/$importId",
  component: lazyRouteComponent(() => import("@/features/data/ImportPage")),
});

const settings = createRoute({
  getParentRoute: () => root,
  path: "/settings",
  validateSearch: (given: Given): { tab?: string } => ({ tab: once(given.tab) }),
  component: lazyRouteComponent(() => import("@/features/settings/SettingsPage")),
});

const definitions = createRoute({
  getParentRoute: () => root,
  path: "/settings/definitions",
  validateSearch: (given: Given): { tab?: string } => ({ tab: once(given.tab) }),
  component: lazyRouteComponent(() => import("@/features/definitions/DefinitionsPage")),
});

const definition = createRoute({
  getParentRoute: () => root,
  path: "/settings/definitions/$sort/$key",
  component: lazyRouteComponent(() => import("@/features/definitions/DefinitionPage")),
});

const account = createRoute({
  getParentRoute: () => root,
  path: "/account",
  component: lazyRouteComponent(() => import("@/features/account/AccountPage")),
});

export const router = createRouter({
  routeTree: root.addChildren([overview, customers, portrait, layerings, compare, build, layering, audiences, newAudience, audience, data, importRun, settings, definitions, definition, account]),
  parseSearch,
  stringifySearch: writeSearch,
  defaultPreload: "intent",
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
