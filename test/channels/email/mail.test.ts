/** Mail over Postfix and Dovecot: one mail system for all cases, which stand by their nouns beside this. */
import './heard.ts';
import './sent.ts';
import './broken.ts';
