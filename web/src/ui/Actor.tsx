/** Who did something, as people say it: the console, an account at the command line, a program, Titian itself. */
import { useWords } from "@/i18n";

export function useActor(): (actor: string) => string {
  const { t } = useWords();
  return (actor) => {
    const [kind, name] = actor.split(/:(.*)/);
    return kind === "cli" || kind === "console" || kind === "python" || kind === "titian" ? t(`shell.actor.${kind}`, { name }) : actor;
  };
}

export function Actor({ actor }: { actor: string }) {
  return useActor()(actor);
}
