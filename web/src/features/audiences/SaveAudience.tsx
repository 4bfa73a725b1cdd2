/** Saving the rule that is built: as an audience of its own, or as the next version of the one that is being changed. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Button, Modal } from "antd";
import { useState } from "react";
import { changeAudience, createAudience } from "@/api/commands";
import { audiencesQuery } from "@/api/queries";
import type { AudienceInfo } from "@/api/types";
import { useWords } from "@/i18n";
import { usePeriod } from "@/ui/period";
import { Can } from "@/ui/permissions";
import type { Rule } from "@/ui/rules/tree";
import { Wrong } from "@/ui/states";
import { useUndo } from "@/ui/useUndo";
import { NameFields } from "./NameFields";
import { PAGES } from "./pages";
import { useNaming } from "./useNaming";

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
      <Can permission="audiences.write" otherwise="disabled">
        <Button type="primary" disabled={disabled} onClick={() => setOpen(true)}>
          {t(of ? "audiences.saving.version" : "audiences.saving.new")}
        </Button>
      </Can>
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
  const listed = useQuery(audiencesQuery(asked.as_of)).data?.audiences ?? [];
  const naming = useNaming("audience", [...PAGES, ...listed.map((one) => one.key)], of);
  const save = useMutation({
    mutationFn: () => {
      const body = { name: naming.both, description: naming.description, rule, ids: [], text: "" };
      return of ? changeAudience(of.key, { ...body, base_version: of.version }) : createAudience({ key: naming.key, ...body });
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
      okButtonProps={{ disabled: !naming.named, loading: save.isPending, htmlType: "submit", form: "audience-form" }}
      onCancel={onClose}
    >
      <form
        id="audience-form"
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (naming.named) save.mutate();
        }}
      >
        <NameFields naming={naming} />
        {save.error && <Wrong error={save.error} compact />}
      </form>
    </Modal>
  );
}
