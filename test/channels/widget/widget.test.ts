/** The widget in Chromium: one browser for all cases, which stand by their nouns beside this. */
import './access.ts';
import './files.ts';
import './form.ts';
import './talk.ts';
import './who.ts';
