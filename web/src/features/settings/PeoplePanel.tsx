/** Who may sign in: found, filtered, sorted, added. */
import { PlusOutlined } from "@ant-design/icons";
import { Button, Input, Select } from "antd";
import { useState } from "react";
import type { AddedPerson, PeopleList, PersonInfo, Role } from "@/api/types";
import { useWords } from "@/i18n";
import { Panel } from "@/ui/Panel";
import { useFormat } from "@/ui/useFormat";
import { AddPersonModal } from "./AddPersonModal";
import { ChangePersonModal } from "./ChangePersonModal";
import { looked, type Look } from "./peopleList";
import { PasswordModal } from "./PasswordModal";
import styles from "./People.module.css";
import { PeopleTable } from "./PeopleTable";

export function PeoplePanel({ list, me }: { list: PeopleList; me: PersonInfo }) {
  const { t } = useWords();
  const { number, title } = useFormat();
  const [look, setLook] = useState<Look>({ text: "", role: undefined, by: "role", up: true });
  const [adding, setAdding] = useState(false);
  const [changed, setChanged] = useState<PersonInfo | null>(null);
  const [added, setAdded] = useState<AddedPerson | null>(null);
  const roles = list.roles.map((role) => role.key);
  const shown = looked(list.people, look, roles);
  return (
    <Panel title={t("people.title")} note={number(list.people.length)}>
      <div className={styles.bar}>
        <Input.Search allowClear className={styles.find} aria-label={t("people.find")} placeholder={t("people.find")} onChange={(event) => setLook({ ...look, text: event.target.value })} />
        <Select<Role>
          className={styles.role}
          allowClear
          aria-label={t("people.roleName")}
          placeholder={t("people.allRoles")}
          value={look.role}
          options={list.roles.map((role) => ({ value: role.key, label: title(role.name) }))}
          onChange={(role: Role | undefined) => setLook({ ...look, role })}
        />
        <Button className="push" type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setAdding(true)}>
          {t("people.add.title")}
        </Button>
      </div>
      <PeopleTable people={shown} me={me} look={look} onLook={setLook} onChange={setChanged} onPassword={setAdded} />
      {adding && (
        <AddPersonModal
          list={list}
          me={me}
          onAdded={(one) => {
            setAdding(false);
            setAdded(one);
          }}
          onClose={() => setAdding(false)}
        />
      )}
      {changed && <ChangePersonModal key={changed.id} person={changed} list={list} me={me} onClose={() => setChanged(null)} />}
      {added && <PasswordModal added={added} onClose={() => setAdded(null)} />}
    </Panel>
  );
}
