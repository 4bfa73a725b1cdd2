/** What each role may do. */
import { CheckOutlined } from "@ant-design/icons";
import type { PeopleList } from "@/api/types";
import { useWords } from "@/i18n";
import { explain } from "@/ui/Explanations";
import { Panel } from "@/ui/Panel";
import { useFormat } from "@/ui/useFormat";
import styles from "./People.module.css";

export function RolesPanel({ list }: { list: PeopleList }) {
  const { t } = useWords();
  const { title } = useFormat();
  return (
    <Panel title={t("people.roles.title")} note={t("people.roles.note")}>
      <div className="scroll-x" tabIndex={0} role="region" aria-label={t("people.roles.title")}>
        <table className={`table ${styles.roles}`}>
          <thead>
            <tr>
              <th scope="col">{t("people.roles.may")}</th>
              {list.roles.map((role) => (
                <th key={role.key} scope="col" className="num" {...explain(t(`people.roleFor.${role.key}`))}>
                  {title(role.name)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {list.permissions.map((permission) => (
              <tr key={permission.key}>
                <th scope="row" {...explain(permission.key)}>{title(permission.name)}</th>
                {list.roles.map((role) => (
                  <td key={role.key}>
                    {role.permissions.includes(permission.key) ? <CheckOutlined className="up" aria-label={t("people.roles.yes")} /> : <span className="muted" role="img" aria-label={t("people.roles.no")}>–</span>}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}
