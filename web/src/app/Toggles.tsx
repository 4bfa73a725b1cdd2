/** Language and theme, for whoever reads. */
import { MoonOutlined, SunOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { chooseLanguage, useWords } from "@/i18n";
import { useLook } from "@/ui/look";

export function Toggles() {
  const { t, language } = useWords();
  const { look, choose } = useLook();
  return (
    <>
      <Button type="text" size="small" onClick={() => chooseLanguage(language === "zh" ? "en" : "zh")} title={t("shell.language")}>
        {language === "zh" ? "EN" : "中文"}
        <span className="unseen">{t("shell.language")}</span>
      </Button>
      <Button
        type="text"
        size="small"
        icon={look === "dark" ? <SunOutlined /> : <MoonOutlined />}
        aria-label={t(look === "dark" ? "shell.look.light" : "shell.look.dark")}
        title={t(look === "dark" ? "shell.look.light" : "shell.look.dark")}
        onClick={() => choose(look === "dark" ? "light" : "dark")}
      />
    </>
  );
}
