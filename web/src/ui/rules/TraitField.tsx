/** A trait of the catalogue, with its window of days where it takes one. */
import { InputNumber, Select, Space } from "antd";
import type { TraitInfo } from "@/api/types";
import { useWords } from "@/i18n";
import { useFormat } from "@/ui/useFormat";
import { joined, parted } from "./condition";

interface Props {
  label: string;
  value: string;
  onChange: (trait: string) => void;
  traits: TraitInfo[];
}

/** The trait that a name means, its window left aside. */
export function traitNamed(name: string, traits: TraitInfo[]): TraitInfo | undefined {
  const { base } = parted(name, (one) => traits.some((trait) => trait.key === one));
  return traits.find((trait) => trait.key === base) ?? traits.find((trait) => trait.trait === base);
}

export function TraitField({ label, value, onChange, traits }: Props) {
  const { t } = useWords();
  const { title, meaning } = useFormat();
  const { base, days } = parted(value, (one) => traits.some((trait) => trait.key === one));
  const found = traitNamed(value, traits);
  const known = traits.map((trait) => ({ value: trait.key, label: title(trait.name), title: meaning(trait) }));
  const options = found || !base ? known : [{ value: base, label: base }, ...known];
  return (
    <Space.Compact block>
      <Select
        showSearch={{ optionFilterProp: "label" }}
        aria-label={label}
        style={{ flex: 1, minWidth: 120 }}
        value={found?.key ?? base}
        options={options}
        popupMatchSelectWidth={false}
        onChange={(next: string) => onChange(joined({ base: next, days: traitNamed(next, traits)?.windowed ? days : null }))}
      />
      {found?.windowed && (
        <InputNumber
          style={{ width: 132 }}
          aria-label={t("rules.windowOf", { name: label })}
          value={days}
          min={1}
          precision={0}
          placeholder={t("rules.allTime")}
          prefix={days ? t("rules.last") : undefined}
          suffix={days ? t("rules.days") : undefined}
          onChange={(next) => onChange(joined({ base, days: next }))}
        />
      )}
    </Space.Compact>
  );
}
