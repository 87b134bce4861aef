import '../styles/leads.css';

/** Named views of a list with their counts; one of them stands out until its count is 0. */
type Item<View> = { view: View; label: string; count?: number | undefined };
type Props<View> = {
  items: Item<View>[] | undefined;
  /** Shown without counts until `items` are there. */
  names?: readonly (readonly [View, string])[];
  chosen: string;
  onChoose: (view: View) => void;
  alarm?: View;
};

export function ViewTabs<View extends string>({ items, names = [], chosen, onChoose, alarm }: Props<View>) {
  const shown: Item<View>[] = items ?? names.map(([view, label]) => ({ view, label }));
  return (
    <div className="views" role="tablist" aria-label="Views">
      {shown.map(({ view, label, count }) => (
        <button
          type="button"
          key={view}
          role="tab"
          aria-selected={view === chosen}
          className="view"
          data-alarm={view === alarm && Boolean(count)}
          onClick={() => onChoose(view)}
        >
          <span>{label}</span>
          <strong>{count ?? '·'}</strong>
        </button>
      ))}
    </div>
  );
}
