/** The left rail: rooms, and at its foot language and theme. */
import { MoonOutlined, QuestionCircleOutlined, SunOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { workspaceQuery } from "@/api/queries";
import { chooseLanguage, useWords } from "@/i18n";
import { useLook } from "@/ui/look";
import { showKeys } from "@/ui/signals";
import styles from "./Layout.module.css";
import { ROOMS } from "./rooms";

export function Rail() {
  const { t } = useWords();
  const { data } = useQuery(workspaceQuery);
  return (
    <div className={styles.rail}>
      <Link to="/" className={styles.brand} aria-label={t("shell.product")}>
        {t("shell.brand")} <small>{t("shell.brandOther")}</small>
      </Link>
      <nav className={styles.rooms} aria-label={t("shell.rooms")}>
        {ROOMS.map((room) => (
          <Link key={room.key} to={room.path} className={styles.room} activeOptions={{ exact: room.path === "/", includeSearch: false }}>
            {room.icon}
            <span>{t(`shell.room.${room.key}`)}</span>
          </Link>
        ))}
      </nav>
      <div className={styles.foot}>
        {data && (
          <div className={styles.workspace} title={data.name}>
            {data.name}
          </div>
        )}
        <Toggles />
      </div>
    </div>
  );
}

function Toggles() {
  const { t, language } = useWords();
  const { look, choose } = useLook();
  return (
    <div className={styles.toggles}>
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
      <Button type="text" size="small" icon={<QuestionCircleOutlined />} aria-label={t("shell.keys.title")} title={t("shell.keys.title")} onClick={showKeys} />
    </div>
  );
}
