import { useEffect, useRef } from 'react';
import { drawForm } from '../../../../widget/src/form.ts';
import type { SiteForm } from './form.tsx';

/** Drawn by the very code that sites run; what is sent here goes nowhere. */
export function Preview({ form }: { form: SiteForm }) {
  const place = useRef<HTMLDivElement>(null);
  const shown = JSON.stringify(form);
  useEffect(() => {
    const { intro, consent, ...draft } = JSON.parse(shown) as SiteForm;
    const look = { ...draft, ...(intro && { intro }), ...(consent && { consent }) };
    place.current?.replaceChildren(drawForm(look, async () => look.thanks));
  }, [shown]);
  return <div className="form-preview" ref={place} />;
}
