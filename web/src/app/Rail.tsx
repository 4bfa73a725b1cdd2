/** The left rail: rooms, and at its foot who is signed in, language and theme. */
import { QuestionCircleOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { workspaceQuery } from "@/api/queries";
import { useWords } from "@/i18n";
import { showKeys } from "@/ui/signals";
import styles from "./Layout.module.css";
import { Me } from "./Me";
import { ROOMS } from "./rooms";
import { Toggles } from "./Toggles";

export function Rail() {
  const { t } = useWords();
  const { data } = useQuery(workspaceQuery);
  return (
    <div className={styles.rail}>
      <Link to="/" className={styles.brand}>
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
        <Me />
        <Foot />
      </div>
    </div>
  );
}

function Foot() {
  const { t } = useWords();
  return (
    <div className={styles.toggles}>
      <Toggles />
      <Button type="text" size="small" icon={<QuestionCircleOutlined />} aria-label={t("shell.keys.title")} title={t("shell.keys.title")} onClick={showKeys} />
    </div>
  );
}
