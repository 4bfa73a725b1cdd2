/** Saving the rule that is built: as an audience of its own, or as the next version of the one that is being changed. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Button, Input, Modal } from "antd";
import { useState } from "react";
import { changeAudience, createAudience } from "@/api/commands";
import { audiencesQuery } from "@/api/queries";
import type { AudienceInfo } from "@/api/types";
import { useWords } from "@/i18n";
import { keyFrom } from "@/ui/keyFrom";
import { usePeriod } from "@/ui/period";
import type { Rule } from "@/ui/rules/tree";
import { Wrong } from "@/ui/states";
import { useUndo } from "@/ui/useUndo";
import { LabelledField } from "./LabelledField";

/** Addresses that stand where a key would. */
const PAGES = ["new", "overlap", "tags"];

interface Props {
  rule: Rule;
  /** What is being changed; null: a new one. */
  of: AudienceInfo | null;
  disabled: boolean;
}

export function SaveAudience({ rule, of, disabled }: Props) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button type="primary" disabled={disabled} onClick={() => setOpen(true)}>
        {t(of ? "audiences.saving.version" : "audiences.saving.new")}
      </Button>
      {open && <Form rule={rule} of={of} onClose={() => setOpen(false)} />}
    </>
  );
}

function Form({ rule, of, onClose }: { rule: Rule; of: AudienceInfo | null; onClose: () => void }) {
  const { t, language } = useWords();
  const { asked } = usePeriod();
  const { told } = useUndo();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const far = language === "zh" ? "en" : "zh";
  const [name, setName] = useState(of?.name[language] ?? "");
  const [other, setOther] = useState(of && of.name[far] !== of.name[language] ? of.name[far] : "");
  const [description, setDescription] = useState(of?.description ?? "");
  const listed = useQuery(audiencesQuery(asked.as_of)).data?.audiences ?? [];
  const [ownKey, setOwnKey] = useState<string>();
  const key = of?.key ?? ownKey ?? keyFrom(language === "en" ? name : other, "audience", [...PAGES, ...listed.map((one) => one.key)]);
  const both = language === "zh" ? { zh: name.trim(), en: other.trim() || name.trim() } : { en: name.trim(), zh: other.trim() || name.trim() };
  const save = useMutation({
    mutationFn: () => {
      const body = { name: both, description, rule, ids: [], text: "" };
      return of ? changeAudience(of.key, { ...body, base_version: of.version }) : createAudience({ key, ...body });
    },
    onSuccess: ({ audience }) => {
      for (const cached of ["audiences", "audience", "selection"]) void cache.invalidateQueries({ queryKey: [cached] });
      told(t("audiences.saving.done", { name: audience.name[language], version: audience.version }));
      void navigate({ to: "/audiences/$key", params: { key: audience.key } });
    },
  });
  return (
    <Modal
      open
      title={t(of ? "audiences.saving.version" : "audiences.saving.new")}
      okText={t("audiences.save")}
      cancelText={t("audiences.cancel")}
      okButtonProps={{ disabled: !name.trim(), loading: save.isPending, htmlType: "submit", form: "audience-form" }}
      onCancel={onClose}
    >
      <form
        id="audience-form"
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim()) save.mutate();
        }}
      >
        <LabelledField label={t("audiences.list.name")}>
          <Input autoFocus value={name} maxLength={60} onChange={(event) => setName(event.target.value)} />
        </LabelledField>
        <LabelledField label={t("audiences.tags.otherName")}>
          <Input value={other} maxLength={60} placeholder={name} onChange={(event) => setOther(event.target.value)} />
        </LabelledField>
        {!of && (
          <LabelledField label={t("audiences.tags.column.key")}>
            <Input value={key} maxLength={60} onChange={(event) => setOwnKey(event.target.value)} />
          </LabelledField>
        )}
        <LabelledField label={t("audiences.tags.column.description")}>
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 5 }} maxLength={1000} value={description} onChange={(event) => setDescription(event.target.value)} />
        </LabelledField>
        {save.error && <Wrong error={save.error} compact />}
      </form>
    </Modal>
  );
}
