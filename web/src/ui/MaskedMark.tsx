/** In place of what rests on personal data, for whom may not see these: that it is so, and why. */
import { LockOutlined } from "@ant-design/icons";
import { useWords } from "@/i18n";
import { explain } from "./Explanations";

export function MaskedMark() {
  const { t } = useWords();
  return (
    <span className="muted num" tabIndex={0} {...explain(t("shell.masked.why"))}>
      <LockOutlined aria-hidden /> {t("shell.masked.mark")}
    </span>
  );
}
