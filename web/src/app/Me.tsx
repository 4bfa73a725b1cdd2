/** Who is signed in, and the way to one's own account and out. */
import { LogoutOutlined, UserOutlined } from "@ant-design/icons";
import { useNavigate } from "@tanstack/react-router";
import { Dropdown } from "antd";
import { useWords } from "@/i18n";
import { useSession } from "@/ui/permissions";
import { useSignOut } from "@/ui/useSignOut";
import styles from "./Layout.module.css";

export function Me() {
  const { t } = useWords();
  const person = useSession()?.person;
  const navigate = useNavigate();
  const leave = useSignOut();
  if (!person) return null;
  const items = [
    { key: "account", icon: <UserOutlined aria-hidden />, label: t("people.account.title"), onClick: () => void navigate({ to: "/account" }) },
    { key: "out", icon: <LogoutOutlined aria-hidden />, label: t("people.signOut"), onClick: () => leave.mutate() },
  ];
  return (
    <Dropdown menu={{ items }} trigger={["click"]} placement="top">
      <button type="button" className={`plain ${styles.me}`} aria-haspopup="menu">
        <span className="unseen">{t("people.me")}</span>
        <span className={styles.initial} aria-hidden>
          {[...person.name][0]?.toUpperCase()}
        </span>
        <span className={styles.who}>
          <b title={person.name}>{person.name}</b>{" "}
          <span className="muted small">{t(`people.role.${person.role}`)}</span>
        </span>
      </button>
    </Dropdown>
  );
}
