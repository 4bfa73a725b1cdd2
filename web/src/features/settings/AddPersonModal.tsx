/** Somebody new: login, name and role. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Input, Modal } from "antd";
import { useState } from "react";
import { addPerson, peopleQuery } from "@/api/people";
import type { AddedPerson, PeopleList, PersonInfo, Role } from "@/api/types";
import { useWords } from "@/i18n";
import { LabelledField } from "@/ui/LabelledField";
import { Wrong } from "@/ui/states";
import { RoleChoice } from "./RoleChoice";

interface Props {
  list: PeopleList;
  me: PersonInfo;
  onAdded: (added: AddedPerson) => void;
  onClose: () => void;
}

export function AddPersonModal({ list, me, onAdded, onClose }: Props) {
  const { t } = useWords();
  const cache = useQueryClient();
  const [login, setLogin] = useState("");
  const [name, setName] = useState("");
  const [role, setRole] = useState<Role>("viewer");
  const add = useMutation({
    mutationFn: () => addPerson({ login: login.trim(), name: name.trim(), role }),
    onSuccess: (added) => {
      void cache.invalidateQueries({ queryKey: peopleQuery.queryKey });
      onAdded(added);
    },
  });
  const ready = login.trim().length > 1;
  return (
    <Modal
      open
      title={t("people.add.title")}
      okText={t("people.add.do")}
      cancelText={t("people.cancel")}
      okButtonProps={{ disabled: !ready, loading: add.isPending, htmlType: "submit", form: "person-form" }}
      onCancel={onClose}
    >
      <form
        id="person-form"
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) add.mutate();
        }}
      >
        <p className="muted small">{t("people.add.what")}</p>
        <LabelledField label={t("people.login")}>
          <Input autoFocus autoComplete="off" autoCapitalize="none" spellCheck={false} maxLength={200} placeholder={t("people.loginLike")} value={login} onChange={(event) => setLogin(event.target.value)} />
        </LabelledField>
        <LabelledField label={t("people.name")}>
          <Input autoComplete="off" maxLength={60} value={name} onChange={(event) => setName(event.target.value)} />
        </LabelledField>
        <RoleChoice list={list} me={me} value={role} onChange={setRole} />
        {add.error && <Wrong error={add.error} compact />}
      </form>
    </Modal>
  );
}
