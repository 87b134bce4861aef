/** People on Facebook and Instagram and a page of the office, Meta being played; what is told of both sides follows Meta's documentation. */
import './messages.ts';
import './comments.ts';
import './lead-forms.ts';
import './sides.ts';
