/** Pages and commands that the search box knows without asking the server. */
import { chooseLanguage, useWords } from "@/i18n";
import { useLook } from "@/ui/look";
import { useGo } from "@/ui/PathLink";
import { usePermission, useSession } from "@/ui/permissions";
import { showKeys } from "@/ui/signals";
import { ROOMS } from "./rooms";

export interface Hit {
  key: string;
  title: string;
  note: string;
  act: () => void;
}

export function useCommands(text: string): Hit[] {
  const { t, language } = useWords();
  const { look, choose } = useLook();
  const go = useGo();
  const session = useSession();
  const [builds, manages] = [usePermission("audiences.write"), usePermission("people.manage")];
  const page = t("shell.search.kind.page");
  const command = t("shell.search.kind.command");
  const all: Hit[] = [
    ...ROOMS.map((room) => ({ key: room.key, title: t(`shell.room.${room.key}`), note: page, act: () => go(room.path) })),
    ...(builds ? [{ key: "new audience", title: t("shell.page.newAudience"), note: page, act: () => go("/audiences/new") }] : []),
    { key: "tags", title: t("shell.page.tags"), note: page, act: () => go("/audiences?tab=tags") },
    { key: "definitions", title: t("shell.page.definitions"), note: page, act: () => go("/settings/definitions") },
    { key: "plan", title: t("shell.page.plan"), note: page, act: () => go("/settings/definitions?tab=files") },
    ...(manages ? [{ key: "people", title: t("people.title"), note: page, act: () => go("/settings?tab=people") }] : []),
    ...(session?.person ? [{ key: "account", title: t("people.account.title"), note: page, act: () => go("/account") }] : []),
    { key: "language", title: t("shell.language"), note: command, act: () => chooseLanguage(language === "zh" ? "en" : "zh") },
    {
      key: "look",
      title: t(look === "dark" ? "shell.look.light" : "shell.look.dark"),
      note: command,
      act: () => choose(look === "dark" ? "light" : "dark"),
    },
    { key: "keys", title: t("shell.keys.title"), note: command, act: showKeys },
  ];
  const wanted = text.toLowerCase();
  return all.filter((hit) => `${hit.title} ${hit.key}`.toLowerCase().includes(wanted));
}
