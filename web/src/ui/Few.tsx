/** Says aloud that a number rests on few customers. */
import { useWords } from "@/i18n";

export const FEW = 30;

export function Few({ customers }: { customers: number }) {
  const { t } = useWords();
  if (customers === 0 || customers >= FEW) return null;
  return <span className="small warn">{t("shell.few", { count: customers })}</span>;
}
