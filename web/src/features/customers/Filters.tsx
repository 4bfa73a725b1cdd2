/** What selects customers: words, layering and layers, ranges of traits; each also as a chip that can be taken off. */
import { PlusOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Input, Popover, Select, Tag } from "antd";
import { useEffect, useState } from "react";
import { layeringsQuery } from "@/api/queries";
import type { CustomerPage } from "@/api/types";
import { LayerTag } from "@/charts/LayerTag";
import { paints } from "@/charts/palette";
import { useWords } from "@/i18n";
import { useLook } from "@/ui/look";
import { usePeriod } from "@/ui/period";
import { usePermission } from "@/ui/permissions";
import { isText, useFormat } from "@/ui/useFormat";
import type { Asked } from "./CustomersPage";
import styles from "./Customers.module.css";
import { bounds, type Bound } from "./bounds";
import { RangeForm } from "./RangeForm";
import { StaffFilter } from "./StaffFilter";

interface Props {
  asked: Asked;
  page: CustomerPage | undefined;
  onChange: (next: Partial<Asked>) => void;
}

export function Filters({ asked, page, onChange }: Props) {
  const { t } = useWords();
  const { say } = useFormat();
  const { look } = useLook();
  const { asked: days } = usePeriod();
  const layerings = useQuery(layeringsQuery(days.as_of));
  const painted = page ? paints(page.layers, look) : {};
  return (
    <div className={styles.filters}>
      <Words text={asked.q ?? ""} onChange={(q) => onChange({ q: q || undefined })} />
      <Select
        aria-label={t("customers.layering")}
        className={styles.layering}
        value={asked.layering ?? page?.layering}
        options={(layerings.data ?? [])
          .filter((one) => one.missing === null && !one.masked)
          .map((one) => ({ value: one.key, label: say(one.name) }))}
        onChange={(layering: string) => onChange({ layering, layer: undefined, from_layer: undefined })}
      />
      <Select
        mode="multiple"
        className={styles.layers}
        aria-label={t("customers.layers")}
        placeholder={t("customers.allLayers")}
        maxTagCount="responsive"
        value={asked.layer ?? []}
        options={page?.layers.map((layer) => ({
          value: layer.key,
          label: <LayerTag layer={layer} paint={painted[layer.key]} />,
          title: say(layer.name),
        }))}
        onChange={(layer: string[]) => onChange({ layer: layer.length ? layer : undefined })}
      />
      <StaffFilter value={asked.staff ?? undefined} onChange={(staff) => onChange({ staff })} />
      {page && <Ranges asked={asked} page={page} onChange={onChange} />}
    </div>
  );
}

function Words({ text, onChange }: { text: string; onChange: (text: string) => void }) {
  const { t } = useWords();
  const find = t(usePermission("customers.personal") ? "customers.find" : "customers.findMasked");
  const [typed, setTyped] = useState(text);
  const [known, setKnown] = useState(text);
  if (text !== known) {
    setKnown(text);
    setTyped(text);
  }
  const send = (next: string) => {
    setKnown(next);
    onChange(next);
  };
  useEffect(() => {
    if (typed.trim() === known) return;
    const timer = window.setTimeout(() => send(typed.trim()), 250);
    return () => window.clearTimeout(timer);
  });
  return (
    <Input.Search
      className={styles.words}
      allowClear
      value={typed}
      placeholder={find}
      aria-label={find}
      onChange={(event) => setTyped(event.target.value)}
      onSearch={(value) => send(value.trim())}
    />
  );
}

function Ranges({ asked, page, onChange }: Props & { page: CustomerPage }) {
  const { t } = useWords();
  const { say, title, trait: read } = useFormat();
  const [open, setOpen] = useState(false);
  const named = new Map(page.traits.map((trait) => [trait.key, trait]));
  const chip = (side: "min" | "max") => (bound: Bound) => {
    const trait = named.get(bound.trait);
    return (
      <Tag
        key={`${side}${bound.trait}`}
        closable
        className={styles.chip}
        onClose={() => onChange({ [side]: asked[side]?.filter((one) => !one.startsWith(`${bound.trait}:`)) })}
      >
        {trait ? title(trait.name) : bound.trait} {side === "min" ? "≥" : "≤"} {trait ? read(trait, bound.value) : bound.value}
      </Tag>
    );
  };
  const from = page.layers.find((layer) => layer.key === asked.from_layer);
  return (
    <>
      {asked.from_layer && (
        <Tag closable className={styles.chip} onClose={() => onChange({ from_layer: undefined })}>
          {t("customers.fromLayer", { name: from ? say(from.name) : asked.from_layer })}
        </Tag>
      )}
      {bounds(asked.min).map(chip("min"))}
      {bounds(asked.max).map(chip("max"))}
      <Popover
        open={open}
        onOpenChange={setOpen}
        trigger="click"
        placement="bottomLeft"
        arrow={false}
        content={
          <RangeForm
            traits={page.traits.filter((trait) => !isText(trait))}
            asked={asked}
            onApply={(next) => {
              onChange(next);
              setOpen(false);
            }}
          />
        }
      >
        <Button icon={<PlusOutlined />} aria-haspopup="dialog" aria-expanded={open}>
          {t("customers.addRange")}
        </Button>
      </Popover>
    </>
  );
}
