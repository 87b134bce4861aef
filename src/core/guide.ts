/** How a channel account is connected, step by step: what to click at the provider, what to paste where. */

export type GuideField = {
  /** Where it stands in the account's settings: `imap.password`, `appSecrets.0`. */
  path: string;
  label: string;
  hint?: string;
  /** Written, never shown again. */
  secret?: true;
  /** The old one may stay valid beside the new one. */
  rotates?: true;
  /** Any word will do that both sides know: the page makes one. */
  made?: true;
  /** Says where secrets are sent to: whoever changes it gives them again. */
  place?: true;
  optional?: true;
  options?: { value: string; label: string }[];
};
export type GuideStep = {
  title: string;
  lines: string[];
  links?: { label: string; url: string }[];
  /** To be pasted at the provider. */
  copies?: { label: string; text: string }[];
  fields?: GuideField[];
};
export type Guide = { intro: string; steps: GuideStep[] };

/** What a guide's texts are made for. */
export type GuidePlace = {
  account: string;
  settings: Record<string, unknown>;
  /** Where the outside reaches us, without a slash at the end. */
  publicUrl: string;
  /** Where the provider's webhooks go. */
  webhook: string;
};
