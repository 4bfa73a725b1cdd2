/** People in rows: who they are, their role, when they were here, and what can be done about them. */
import { MoreOutlined } from "@ant-design/icons";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Dropdown } from "antd";
import { peopleQuery, removePerson, resetPassword } from "@/api/people";
import type { AddedPerson, PersonInfo } from "@/api/types";
import { useWords } from "@/i18n";
import { explain } from "@/ui/Explanations";
import { useFormat } from "@/ui/useFormat";
import { useUndo } from "@/ui/useUndo";
import { mayChange, mayLetGo, type Look, type PeopleSort } from "./peopleList";
import styles from "./People.module.css";

interface Props {
  people: PersonInfo[];
  me: PersonInfo;
  look: Look;
  onLook: (look: Look) => void;
  onChange: (person: PersonInfo) => void;
  onPassword: (added: AddedPerson) => void;
}

export function PeopleTable({ people, me, look, onLook, onChange, onPassword }: Props) {
  const { t } = useWords();
  const { instant } = useFormat();
  const heading = (by: PeopleSort, label: string) => (
    <th scope="col" className="num" aria-sort={look.by !== by ? "none" : look.up ? "ascending" : "descending"}>
      <button type="button" className="plain" onClick={() => onLook({ ...look, by, up: look.by === by ? !look.up : by === "name" || by === "role" })}>
        {label}
        <span aria-hidden>{look.by !== by ? "" : look.up ? " ↑" : " ↓"}</span>
      </button>
    </th>
  );
  if (!people.length) return <p className="muted">{t("people.nobody")}</p>;
  return (
    <div className="scroll-x" tabIndex={0} role="region" aria-label={t("people.title")}>
      <table className="table">
        <thead>
          <tr>
            {heading("name", t("people.name"))}
            {heading("role", t("people.roleName"))}
            <th scope="col" className="num">{t("people.state")}</th>
            {heading("signed_in_at", t("people.signedInAt"))}
            {heading("made_at", t("people.madeAt"))}
            <td />
          </tr>
        </thead>
        <tbody>
          {people.map((person) => (
            <tr key={person.id} className={person.active ? undefined : styles.off}>
              <td className="num">
                <b>{person.name}</b> {person.id === me.id && <span className="up small">{t("people.you")}</span>}
                <p className="muted small">{person.login}</p>
              </td>
              <td className="num" {...explain(t(`people.roleFor.${person.role}`))}>{t(`people.role.${person.role}`)}</td>
              <td className="num">
                {t(person.active ? "people.active" : "people.inactive")}
                {person.must_change && <p className="muted small">{t("people.mustChange")}</p>}
              </td>
              <td className="num muted">{person.signed_in_at ? instant(person.signed_in_at) : t("people.never")}</td>
              <td className="num muted">{instant(person.made_at)}</td>
              <td className="right">{mayChange(me, person) && <Deeds person={person} me={me} onChange={() => onChange(person)} onPassword={onPassword} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface DeedsProps {
  person: PersonInfo;
  me: PersonInfo;
  onChange: () => void;
  onPassword: (added: AddedPerson) => void;
}

function Deeds({ person, me, onChange, onPassword }: DeedsProps) {
  const { t } = useWords();
  const { modal } = App.useApp();
  const { told, refused } = useUndo();
  const cache = useQueryClient();
  const fresh = () => void cache.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === peopleQuery.queryKey[0] || queryKey[0] === "api-keys" });
  const { name } = person;
  const reset = useMutation({
    mutationFn: () => resetPassword(person.id),
    onSuccess: (added) => {
      fresh();
      onPassword(added);
    },
    onError: refused,
  });
  const remove = useMutation({
    mutationFn: () => removePerson(person.id),
    onSuccess: () => {
      fresh();
      told(t("people.deed.remove.done", { name }));
    },
    onError: refused,
  });
  const ask = (deed: "reset" | "remove") =>
    void modal.confirm({
      title: t(`people.deed.${deed}.ask`, { name }),
      content: t(`people.deed.${deed}.what`),
      okText: t(`people.deed.${deed}.do`),
      okButtonProps: { danger: deed === "remove" },
      cancelText: t("people.cancel"),
      onOk: () => (deed === "reset" ? reset : remove).mutateAsync().catch(() => undefined),
    });
  const items = [
    { key: "change", label: t("people.change.do"), onClick: onChange },
    { key: "reset", label: t("people.deed.reset.do"), disabled: !mayLetGo(me, person), onClick: () => ask("reset") },
    { key: "remove", label: t("people.deed.remove.do"), danger: true, disabled: !mayLetGo(me, person), onClick: () => ask("remove") },
  ];
  return (
    <Dropdown menu={{ items }} trigger={["click"]} placement="bottomRight">
      <Button type="text" size="small" icon={<MoreOutlined />} aria-haspopup="menu" aria-label={t("people.deeds", { name })} />
    </Dropdown>
  );
}
