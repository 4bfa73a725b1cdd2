/** The fields of a name in both languages, of a key while it can be chosen, and of a description. */
import { Input } from "antd";
import { useWords } from "@/i18n";
import { LabelledField } from "@/ui/LabelledField";
import type { Naming } from "./useNaming";

export function NameFields({ naming }: { naming: Naming }) {
  const { t } = useWords();
  const { name, other, key, description, fresh, put } = naming;
  return (
    <>
      <LabelledField label={t("audiences.naming.name")}>
        <Input autoFocus value={name} maxLength={60} onChange={(event) => put({ name: event.target.value })} />
      </LabelledField>
      <LabelledField label={t("audiences.naming.other")}>
        <Input value={other} maxLength={60} placeholder={name} onChange={(event) => put({ other: event.target.value })} />
      </LabelledField>
      {fresh && (
        <LabelledField label={t("audiences.naming.key")}>
          <Input value={key} maxLength={60} onChange={(event) => put({ key: event.target.value })} />
        </LabelledField>
      )}
      <LabelledField label={t("audiences.naming.description")}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 5 }} maxLength={1000} value={description} onChange={(event) => put({ description: event.target.value })} />
      </LabelledField>
    </>
  );
}
