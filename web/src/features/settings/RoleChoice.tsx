/** A role, each with what it is for. */
import { Select } from "antd";
import type { PeopleList, PersonInfo, Role } from "@/api/types";
import { useWords } from "@/i18n";
import { LabelledField } from "@/ui/LabelledField";
import { useFormat } from "@/ui/useFormat";
import { rolesOf } from "./peopleList";

interface Props {
  list: PeopleList;
  me: PersonInfo;
  value: Role;
  disabled?: boolean;
  onChange: (role: Role) => void;
}

export function RoleChoice({ list, me, value, disabled, onChange }: Props) {
  const { t } = useWords();
  const { title } = useFormat();
  const given = rolesOf(me, list.roles.map((role) => role.key));
  return (
    <>
      <LabelledField label={t("people.roleName")}>
        <Select<Role>
          aria-label={t("people.roleName")}
          value={value}
          disabled={disabled}
          options={list.roles.filter((role) => given.includes(role.key) || role.key === value).map((role) => ({ value: role.key, label: title(role.name) }))}
          onChange={onChange}
        />
      </LabelledField>
      <p className="muted small">{t(`people.roleFor.${value}`)}</p>
    </>
  );
}
