/** The wishes of rules.ts in German, Spanish and French; tried on the same folded text, without accents or signs. */

export const OPT_OUT_EUROPE: RegExp[] = [
  // German
  /\b(?:bitte|ab sofort|mochte|mochten|will|wollen|wunsche|wunschen)\b(?: \w+){0,5}? keine[nr]? (?:\w+ ){0,2}?(?:nachricht\w*|werb\w*|mails?|e mails?|emails?|anrufe?|sms|angebote|newsletter|infos|kontakt\w*)\b/,
  /\bkeine[nr]? (?:weiter\w+ (?:\w+ )?(?:nachricht\w*|werb\w*|mails?|e mails?|emails?|anrufe?|sms|angebote|newsletter|infos|kontakt\w*)|(?:\w+ )?(?:nachricht\w*|werb\w*|mails?|emails?|anrufe?|sms|angebote|newsletter|infos) mehr)\b/,
  /\b(?:nicht|nie|nichts) (?:mehr|wieder|langer) (?:\w+ ){0,2}?(?:kontakt\w*|anruf\w*|schreib\w*|meld\w*|anschreib\w*|belastig\w*|zusend\w*|zuschick\w*|schick\w*|send\w*)\b|\b(?:schreib\w*|ruf\w*|kontaktier\w*|meld\w*|schick\w*|belastig\w*) (?:sie |ihr )?(?:mir |mich |sich |uns |euch )?(?:bitte )?(?:nicht|nichts|nie) (?:mehr|wieder)\b/,
  /\b(?:losch\w*|entfern\w*|streich\w*|nehmen|nehmt|nimm|trag\w*) (?:\w+ ){0,3}?(?:mich|meine[nr]?|uns|unsere[nr]?)(?: \w+){0,4}? (?:nummer|handynummer|telefonnummer|daten|mail\w*|email\w*|verteiler|liste|kontakt\w*|raus|heraus)\b/,
  /\b(?:mich|meine[nr]?|uns|unsere[nr]?) (?:\w+ ){0,3}?(?:nummer|handynummer|daten|mail\w*|verteiler|liste|kontakt\w*) (?:\w+ ){0,3}?(?:losch\w*|entfern\w*|streich\w*|nehmen)\b/,
  /\b(?:horen|hort|hor) (?:sie |ihr )?(?:bitte |endlich |damit |sofort )*auf\b|\b(?:lassen sie|lasst|lass) (?:mich|uns) (?:\w+ ){0,2}?(?:in ruhe|zufrieden)\b|\b(?:newsletter|werbung|werbemails?|nachrichten) (?:\w+ ){0,2}?(?:abbestell\w*|abmeld\w*|stopp\w*|kundig\w*)\b|\b(?:einwilligung|zustimmung|einverstandnis) (?:\w+ ){0,3}?(?:widerruf\w*|zuruck\w*)\b|\b(?:widerrufe|widerrufen) (?:\w+ ){0,2}?(?:einwilligung|zustimmung)\b/,
  /\btrag\w* (?:sie |ihr )?(?:mich|uns) (?:bitte )?aus\b/,
  /\b(?:will|mochte|wollen|mochten) (?:\w+ ){0,3}?(?:nicht|nichts) mehr (?:\w+ ){0,2}?(?:bekommen|erhalten|sehen|haben)\b/,
  // Spanish
  /\bno (?:me|nos) (?:escriba[ns]?|escribais|llame[ns]?|contacte[ns]?|mande[ns]?|envie[ns]?|molesten?)\b(?! (?:ahora|hoy|manana|antes|despues|por la|a las|hasta|al|el|la|los|las|un|una|tecnico|todavia)\b)/,
  /\b(?:dejen?|deja|dejad|paren?|parad|basta) (?:ya )?de (?:\w+ )?(?:escrib\w*|envi\w*|llam\w*|molest\w*|mand\w*|contact\w*|mensajes|publicidad|correos|spam|ofertas)/,
  /\bno (?:me |nos )?vuelv\w+ a (?:contact|llam|escrib|mand|envi|molest)\w*/,
  /\bya no (?:quiero|queremos|deseo) (?:\w+ ){0,2}?(?:recibir\w*|mensajes|ofertas|publicidad|correos|llamadas|nada)\b|\bno (?:quiero|queremos|deseo|deseamos) (?:\w+ ){0,2}?(?:recibir|seguir recibiendo|que me (?:escriban|llamen|contacten)|mas (?:mensajes|correos|publicidad|llamadas|ofertas))/,
  /\b(?:dar\w*|den\w*|deme|dame|date|doy) de baja\b|\b(?:borr|elimin|quit|saqu|saca|suprim)\w* (?:\w+ ){0,2}?mis? (?:\w+ )?(?:numero|telefono|datos|correo|contacto|email|movil|nombre)\b|\b(?:quitenme|quiteme|saquenme|saqueme|borrenme|borreme|eliminenme|elimineme|sacadme|quitadme)\b|\b(?:dejenme|dejeme|dejadme) (?:en paz|tranquil\w*)\b|\bcancelar (?:mi |la )?suscripcion\b/,
  // French
  /\bne (?:\w+ ){0,2}?(?:m|me|nous) ?(?:contact|ecri|appel|envo|derang|harcel|sollicit|relanc)\w* (?:\w+ )?plus\b|\bne plus (?:\w+ ){0,3}?(?:contact|ecri|appel|envo|derang|recevoir|sollicit|relanc|harcel)\w*/,
  /\b(?:arret\w*|cess\w*|stop) (?:de |d |avec |tout |vos |les |ces |cette |votre )*(?:m |me |nous |\w+ )?(?:envoy\w*|ecri\w*|appel\w*|contact\w*|messages?|pubs?|publicites?|mails?|sms|spams?|harcel\w*|derang\w*|newsletters?|envois?|courriers?|relances?|appels?)\b/,
  /\b(?:supprim|efface|retir|enlev|ray|desinscri|desabonn)\w* (?:\w+ ){0,2}?(?:mon|mes|nos|notre) (?:numero|donnees|mail|adresse|email|contact|coordonnees|nom|inscription)\b|\b(?:retir|enlev|ray|desinscri|desabonn)\w* (?:moi|nous)\b|\b(?:me|nous) (?:retirer|enlever|supprimer|desinscrire|desabonner|rayer)\b/,
  /\b(?:souhait|veu|voul|desir)\w* (?:\w+ )?plus (?:\w+ ){0,3}?(?:recevoir|contact\w*|messages?|pubs?|publicites?|mails?|sms|offres|appels|newsletters?|sollicit\w*|derang\w*|demarch\w*)\b|(?:^|\b(?:veux|voulons|svp|merci) )plus (?:de|aucune?) (?:pubs?|publicites?|messages?|sms|newsletters?|demarchage|sollicitations?)\b|\blaissez (?:moi|nous) (?:tranquilles?|en paix)\b|\bdesinscription\b/,
];

/** "Ich habe keine Nachricht bekommen": what did not come is missed, not refused. */
export const NOT_OPT_OUT_EUROPE: RegExp[] = [
  /\b(?:habe|haben|hab|bekomme|bekommen|erhalte|warum|wieso)\b(?: \w+){0,5} keine[nr]? (?:\w+ )?(?:nachricht\w*|mails?|emails?|angebote?|anrufe?|newsletter)\b(?! mehr)/,
  /\bno me (?:han?|has|habeis) \w+/,
  /\bich habe (?:\w+ ){0,3}?(?:ihre?|eure|die|das|den) (?:\w+ ){0,3}?gelosch\w*/,
  /\bnachricht\w* (?:\w+ ){0,2}?(?:nicht|nie) (?:beantwortet|angekommen|gelesen|erhalten)\b|\bne recois plus\b|\bn ai (?:pas|rien|toujours pas) recu\b/,
  /\bno (?:me|nos) (?:llam|escrib)\w+ (?:ahora|hoy|manana|antes|despues|por la|hasta)\b/,
  /\bne (?:m|me|nous) ?(?:appel|ecri)\w* pas (?:avant|apres|maintenant|ce matin|demain|aujourd|tout de suite)\b/,
  // another way or another time is wished
  /\b(?:rufen|rufe|ruft) (?:sie )?(?:mich |uns )?(?:bitte )?nicht (?:an )?(?:sondern|vor|nach|heute|morgen|jetzt)\b/,
];

export const HUMAN_EUROPE: RegExp[] = [
  /\b(?:mit|an) (?:\w+ ){0,3}?(?:mitarbeiter\w*|mensch\w*|person|berater\w*|jemand\w*|kolleg\w*|kundendienst|kundenservice|chef\w*|vorgesetzt\w*|verkauf\w*|vertrieb\w*|ansprechpartner\w*|support|techniker\w*|leiter\w*) (?:\w+ ){0,3}?(?:sprechen|reden|schreiben|chatten|verbinden|verbunden|unterhalten|klaren|weitergeleitet)\b/,
  /\b(?:kann|konnte|soll|kannst) (?:bitte )?(?:ein\w* )?(?:kolleg\w*|mitarbeiter\w*|mensch|jemand\w*) (?:\w+ ){0,4}?(?:ubernehmen|antworten|helfen)\b/,
  /\bverbinden (?:sie )?(?:mich|uns)\b|\b(?:echte[nrm]?|richtige[nrm]?|lebende[nrm]?|wirkliche[nrm]?) (?:menschen?|person|mitarbeiter\w*|ansprechpartner\w*)\b|\b(?:kein\w*|keinem|nicht mit|statt) (?:ein\w* )?(?:chat ?)?(?:bots?|roboter|maschine|automat\w*|computer)\b|^(?:bitte )?(?:einen? |zum |zu einem )?(?:mitarbeiter|menschen?|ansprechpartner|berater|kundendienst|kundenservice|support|vorgesetzten)(?: bitte| sprechen)?$/,
  /\b(?:hablar|hable|chatear|comunicar\w*|contactar|conversar|tratar|habla) con (?:\w+ ){0,3}?(?:persona|agente|humano|humana|alguien|asesor\w*|encargad\w*|gerente|responsable|jef[ea]|operador\w*|atencion|comercial|ejecutiv[oa]|duen[oa]|supervisor\w*|vendedor\w*|tecnico)\b/,
  /\b(?:paseme|pasame|pasenme|pasadme|comuniqueme|comuniquenme|comunicame|conecteme|conectame|pongame|ponme|transfierame|deriveme) (?:con|a|al)\b|\b(?:persona|alguien|humano|agente) (?:real|de verdad|de carne)\b|\b(?:atienda|atiendan|atender|ayude|responda) (?:una? (?:persona|humano|agente|asesor\w*)|alguien)\b|^(?:un |una )?(?:agente|asesor|asesora|humano|persona|operador|operadora|supervisor|encargado|gerente)(?: por favor| ya| urgente)*$/,
  /\b(?:parler|discuter|echanger|causer|dialoguer|communiquer|parle) (?:a|avec|au) (?:\w+ ){0,3}?(?:conseill\w*|humain\w*|personne|agent\w*|quelqu|responsable|operateur\w*|commercial|gerant\w*|patron\w*|technicien\w*|service|vendeur\w*|collegue\w*|superieur\w*)\b/,
  /\b(?:passez|mettez|transferez|connectez|donnez|redirigez) (?:moi|nous) (?:\w+ ){0,5}?(?:humain|conseill\w*|quelqu|personne|agent|responsable|operateur\w*|relation|service|commercial|superieur)\b|\b(?:vraie? (?:personne|humain|conseiller|agent)|quelqu un de (?:reel|vrai|humain)|joindre (?:un |une |le |quelqu )?(?:conseiller|service client|responsable|humain|personne|un))\b|^(?:un |une )?(?:humain|conseiller|conseillere|agent|operateur|responsable|personne)(?: svp| s il vous plait| stp)*$/,
  /\b(?:pas|ni|non) (?:a |avec )?(?:un |une )?(?:chatbot|robot|bot|machine)\b|\bno (?:con|a) (?:un |una )?(?:bot|robot|maquina)\b/,
];

/** Those who work there are only spoken about. */
export const NOT_HUMAN_EUROPE: RegExp[] = [
  /\b(?:hat|ist|war|kommt|kam) (?:der|die|ihre?|euer|eure) (?:\w+ )?(?:mitarbeiter\w*|monteur\w*|techniker\w*|berater\w*|verkaufer\w*)\b/,
  /\b(?:ihre?|euer|eure|der|die|dein|eine?) (?:\w+ )?(?:mitarbeiter\w*|monteur\w*|techniker\w*|berater\w*|verkaufer\w*|kollege|kollegin) (?:\w+ ){0,3}?(?:war|waren|hat|haben|ist|sind|kam|kamen|wollte|sagte|meinte|hatte)\b/,
  /\b(?:su|el|la|vuestro|un|una) (?:\w+ )?(?:agente|tecnico|empleado|empleada|asesor\w*|comercial|vendedor\w*|persona) (?:no |me |nos |se )*(?:vino|fue|era|estuvo|llego|dijo|ha|han|trato|llamo|aparecio|prometio)\b/,
  /\b(?:le|la|votre|vos|un|une|les|mon|notre) (?:\w+ )?(?:conseill\w*|technicien\w*|agent\w*|livreur\w*|vendeur\w*|commercial|employe\w*|poseur\w*) (?:n |ne |m |me |nous |s )*(?:a|ont|est|sont|etait|etaient|avait|devait|dit|viendra)\b/,
];
