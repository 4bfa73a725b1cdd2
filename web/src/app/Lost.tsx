/** An address that is no page, and a page that broke. */
import { Link, type ErrorComponentProps } from "@tanstack/react-router";
import { Button } from "antd";
import { useWords } from "@/i18n";
import { PageHead } from "@/ui/PageHead";
import { Nothing } from "@/ui/states";

export function Lost() {
  const { t } = useWords();
  return (
    <>
      <PageHead title={t("shell.lost.title")} dated={false} />
      <Nothing title={t("shell.lost.what")} action={<Link to="/">{t("shell.lost.home")}</Link>}>
        {t("shell.lost.mend")}
      </Nothing>
    </>
  );
}

export function Broken({ error, reset }: ErrorComponentProps) {
  const { t } = useWords();
  return (
    <Nothing title={t("shell.broken.what")} action={<Button onClick={reset}>{t("shell.retry")}</Button>}>
      {t("shell.broken.mend")} <code>{error instanceof Error ? error.message : String(error)}</code>
    </Nothing>
  );
}
