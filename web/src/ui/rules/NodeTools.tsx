/** What can be done to one part of a rule, as buttons and a menu that names the keys. */
import { DeleteOutlined, MoreOutlined } from "@ant-design/icons";
import { Button, Dropdown, type MenuProps } from "antd";
import { useWords } from "@/i18n";
import { useBoard } from "./board";
import { done, type Deed } from "./deeds";
import { keysOf } from "./keys";
import styles from "./Rules.module.css";
import { kindOf, type Path } from "./tree";

const MENU: (Deed | "line")[] = ["add", "addGroup", "duplicate", "negate", "line", "up", "down", "in", "out", "line", "wrap", "unwrap"];

export function NodeTools({ label, path, negative }: { label: string; path: Path; negative: boolean }) {
  const { t } = useWords();
  const { rule, clearable, act } = useBoard();
  const items: MenuProps["items"] = MENU.map((deed, place) =>
    deed === "line"
      ? { type: "divider", key: place }
      : {
          key: deed,
          disabled: done(rule, deed, path) === null,
          label: (
            <span className={styles.menuLine}>
              {t(deed === "negate" && negative ? "rules.deed.affirm" : `rules.deed.${deed}`)}
              <kbd>{keysOf(deed)}</kbd>
            </span>
          ),
        },
  );
  const whole = path.length === 0 && kindOf(rule) !== null;
  return (
    <span className={styles.tools}>
      <Dropdown menu={{ items, onClick: ({ key }) => act(key as Deed, path) }} trigger={["click"]} placement="bottomRight">
        <Button type="text" size="small" icon={<MoreOutlined />} aria-label={t("rules.menu", { label })} aria-haspopup="menu" />
      </Dropdown>
      <Button
        type="text"
        size="small"
        icon={<DeleteOutlined />}
        disabled={whole && !clearable}
        title={keysOf("remove")}
        aria-label={t("rules.remove", { label })}
        onClick={() => act("remove", path)}
      />
    </span>
  );
}
