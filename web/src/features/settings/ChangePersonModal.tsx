/** Another name, role or state for somebody; what others made of it meanwhile is shown, never overwritten unseen. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Input, Modal, Switch } from "antd";
import { useState } from "react";
import { changePerson, peopleQuery } from "@/api/people";
import { asProblem } from "@/api/problem";
import type { PeopleList, PersonInfo } from "@/api/types";
import { useWords } from "@/i18n";
import { LabelledField } from "@/ui/LabelledField";
import { Wrong } from "@/ui/states";
import { useFormat } from "@/ui/useFormat";
import { differences, mayLetGo, presentOf, type Field, type Given } from "./peopleList";
import styles from "./People.module.css";
import { RoleChoice } from "./RoleChoice";

interface Props {
  person: PersonInfo;
  list: PeopleList;
  me: PersonInfo;
  onClose: () => void;
}

export function ChangePersonModal({ person, list, me, onClose }: Props) {
  const { t } = useWords();
  const cache = useQueryClient();
  const [base, setBase] = useState(person.version);
  const [given, setGiven] = useState<Given>({ name: person.name, role: person.role, active: person.active });
  const save = useMutation({
    mutationFn: (base_version: number) => changePerson(person.id, { ...given, name: given.name.trim(), base_version }),
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: peopleQuery.queryKey });
      onClose();
    },
  });
  const newer = save.error && presentOf(asProblem(save.error).details);
  const locked = !mayLetGo(me, person);
  const take = (present: Given, version: number) => {
    setGiven(present);
    setBase(version);
    save.reset();
    void cache.invalidateQueries({ queryKey: peopleQuery.queryKey });
  };
  return (
    <Modal
      open
      title={t("people.change.title", { login: person.login })}
      okText={t("people.change.save")}
      cancelText={t("people.cancel")}
      okButtonProps={{ disabled: newer !== null, loading: save.isPending, htmlType: "submit", form: "change-form" }}
      onCancel={onClose}
    >
      <form
        id="change-form"
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate(base);
        }}
      >
        <LabelledField label={t("people.name")}>
          <Input autoFocus maxLength={60} value={given.name} onChange={(event) => setGiven({ ...given, name: event.target.value })} />
        </LabelledField>
        <RoleChoice list={list} me={me} value={given.role} disabled={locked} onChange={(role) => setGiven({ ...given, role })} />
        <label className="row">
          <Switch checked={given.active} disabled={locked} aria-label={t("people.active")} onChange={(active) => setGiven({ ...given, active })} />
          {t(given.active ? "people.activeWhat" : "people.inactiveWhat")}
        </label>
        {locked && <p className="muted small">{t("people.change.self")}</p>}
        {newer ? (
          <Meanwhile given={given} newer={newer} onTake={() => take(newer.present, newer.version)} onKeep={() => save.mutate(newer.version)} />
        ) : (
          save.error && <Wrong error={save.error} compact />
        )}
      </form>
    </Modal>
  );
}

interface MeanwhileProps {
  given: Given;
  newer: { present: Given; version: number };
  onTake: () => void;
  onKeep: () => void;
}

/** What somebody else changed meanwhile, against what was asked for here. */
function Meanwhile({ given, newer, onTake, onKeep }: MeanwhileProps) {
  const { t } = useWords();
  const { number } = useFormat();
  const said = (one: Given, field: Field) =>
    field === "name" ? one.name : field === "role" ? t(`people.role.${one.role}`) : t(one.active ? "people.active" : "people.inactive");
  const fields = differences(given, newer.present);
  return (
    <div role="alert" className={styles.present}>
      <b>{t("people.change.meanwhile", { version: number(newer.version) })}</b>
      <table className="table">
        <thead>
          <tr>
            <td />
            <th scope="col">{t("people.change.now")}</th>
            <th scope="col">{t("people.change.yours")}</th>
          </tr>
        </thead>
        <tbody>
          {fields.map((field) => (
            <tr key={field}>
              <th scope="row">{t(`people.change.field.${field}`)}</th>
              <td>{said(newer.present, field)}</td>
              <td>{said(given, field)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="row">
        <Button onClick={onTake}>{t("people.change.take")}</Button>
        <Button onClick={onKeep}>{t("people.change.keep")}</Button>
      </div>
    </div>
  );
}
