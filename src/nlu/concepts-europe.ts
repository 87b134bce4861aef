/** The rows of concepts.ts in German, Spanish and French; words that mean something else in English stand nowhere. */
export const EUROPE: Record<string, string> = {
  WHERE: 'wo wohin standort dónde donde où situé situés située',
  WHEN: 'wann cuándo cuando quand',
  HOWMUCH: 'wieviel cuánto cuánta cuántos cuanto combien',
  WHO: 'wer wem wen quién quien qui',
  WHICH: 'welche welcher welches welchen cuál cuáles quel quelle quels quelles',
  WHY: 'warum wieso weshalb porque pourquoi',
  HOW: 'wie cómo como comment',
  I: 'ich mir mich mein meine meinen meiner mi mis yo je moi mon mes',
  WE: 'wir uns unser unsere unseren nosotros nuestro nuestra nous notre',
  YOU: 'sie ihr ihre ihnen ihren ihrem euch usted ustedes vuestro vous votre vos',
  WANT: 'brauche brauchen benötige benötigen möchte möchten wollen suche suchen hätte hätten gern gerne würde quiero quisiera queremos necesito necesitamos busco buscamos gustaría voudrais voudrions veux voulons souhaite souhaitons besoin cherche cherchons aimerais',
  NOT: 'nicht kein keine keinen nie nein nunca tampoco ne jamais sans',
  GIVE: 'senden schicken schicke sende zusenden zuschicken geben mailen envíen envíe enviar envía envíenme mandar manda mándame mandarme enviarme pásame envoyer envoyez envoyez-moi transmettre donnez',
  SHOW: 'zeigen ansehen anschauen sehen mostrar enseñar montrer voir',
  TELL: 'sagen erklären erzählen decir decirme dígame explicar dire dites expliquer',
  PRICE:
    'preis preise kosten kostet gebühr gebühren preisliste teuer günstig precio precios cuesta cuestan vale tarifa tarifas caro barato prix coûte coute coûtent tarif tarifs cher',
  DISCOUNT: 'rabatt skonto nachlass aktion descuento rebaja oferta ofertas remise réduction rabais promotion',
  MONEY: 'geld euro dinero argent',
  QUOTE: 'angebot kostenvoranschlag presupuesto cotización cotizacion proforma devis',
  DOCUMENT:
    'katalog prospekt broschüre datenblatt bilder fotos unterlagen preisliste zeichnung catálogo folleto ficha técnica fotos dibujo vídeo catalogue plaquette fiche technique dépliant',
  PLACE:
    'adresse anschrift standort filiale laden geschäft büro ausstellung werkstatt dirección tienda sucursal oficina ubicación ubicados local adresse magasin agence bureau boutique atelier',
  NEAR: 'nähe nahe weit entfernt anfahrt parkplatz bahnhof cerca lejos llegar parking près proche loin gare',
  COME: 'kommen vorbeikommen besuchen vorbei venir visitar pasar paso viene vienen passer visiter vient',
  HOURS:
    'geöffnet öffnungszeiten offen öffnen schließen schliesst geschlossen feiertag feiertage sonntags samstags abierto abren abre cierran cierra horario horarios cerrado festivo festivos ouvert ouverts ouvrez ouverture fermez fermé fermés fermeture horaires férié fériés',
  APPOINTMENT:
    'termin termine besichtigung vorführung beratung beratungsgespräch aufmaß besuch probefahrt cita citas visita demostración prueba medición reunión rendez-vous rdv démonstration visite essai rencontre',
  BOOK: 'buchen vereinbaren ausmachen reservieren planen agendar reservar concertar pedir apartar réserver prendre fixer convenir planifier',
  CHANGE:
    'verschieben verlegen ändern umbuchen später früher anderer anderen andere stattdessen cambiar mover aplazar posponer adelantar otro otra décaler déplacer reporter avancer changer autre',
  CANCEL:
    'absagen stornieren streichen abbestellen abgesagt kündigen anular cancelar cancelen cancelo suspender annuler annulez annulation annule',
  BROKEN:
    'kaputt defekt beschädigt undicht tropft gebrochen zerbrochen zerkratzt verbogen ausgefallen fehler funktioniert roto rota rotos averiado averiada estropeado dañado dañada gotea golpeado funciona cassé cassée abîmé abîmée panne fuite fonctionne défectueux marche rayé',
  PROBLEM:
    'problem reklamation reklamieren beschwerde beschwerden störung meldung gemeldet problema queja reclamación reclamar incidencia avería problème réclamation plainte souci',
  BADSERVICE:
    'schlecht unverschämt enttäuscht unfreundlich frechheit katastrophe unzumutbar malo mala pésimo pésima vergüenza maleducado decepcionado mauvais nul honteux scandaleux impoli déçu inadmissible',
  WRONG:
    'falsch falsche falschen fehlt fehlen equivocado equivocada falta faltan erróneo mauvais mauvaise manque manquant erreur',
  FIXIT:
    'reparieren reparatur ersetzen umtauschen reparar arreglar reparación sustituir réparer réparation remplacer échanger',
  STATUS:
    'status bearbeitung bearbeitet neuigkeiten weiter estado novedades sigue avance nouvelles avancement suivi état',
  ORDER:
    'bestellung bestellt lieferung geliefert liefern sendung paket versendet versandt ware auftrag pedido pedidos envío enviado paquete entrega llega llegado commande commandes colis livraison livré livrée expédié expédiée',
  PAY: 'rechnung bezahlt bezahlen zahlung überweisung überwiesen raten ratenzahlung mahnung erstattung gutschrift konto bankverbindung iban factura facturas pago pagar pagado cobro cobrado reembolso cuenta transferencia plazos facture factures payer payé paiement remboursement virement mensualités prélevé débité',
  PERSON:
    'mitarbeiter mitarbeiterin mensch menschen berater beraterin ansprechpartner jemand jemanden kundendienst kundenservice vorgesetzten persona personas agente humano humana asesor asesora encargado encargada alguien operador jefe personne conseiller conseillère humain responsable quelqu opérateur gérant chargé',
  TALK: 'sprechen reden verbinden unterhalten schreiben hablar charlar comunicar comuníqueme pásame atienda contactar parler discuter joindre échanger passer',
  BOT: 'roboter automat chatbot computer máquina automático automática robot automate automatique',
  PHONECALL:
    'anrufen rückruf zurückrufen telefonieren telefonisch ruft anruf llamar llámame llámenme llamada teléfono rappeler rappelez appeler appelez téléphone téléphoner rappel',
  STOPIT:
    'abmelden abbestellen aufhören austragen entfernen löschen streichen unterlassen verteiler belästigen baja borrar borren eliminar quitar dejen parar molestar désabonner désinscrire retirer supprimer supprimez arrêtez arrêter cessez cesser',
  MESSAGES:
    'nachrichten nachricht werbung mails newsletter verteiler angebote mensajes mensaje correos publicidad ofertas boletín lista messages publicité pub pubs courriels offres liste lettre',
  STARTIT:
    'anmelden wieder abonnieren zustimmen einverstanden apuntarme suscribir suscribirme volver acepto inscrire abonner réabonner accepte nouveau',
  DEALER:
    'händler händlerschaft vertreter vertriebspartner vertrieb wiederverkäufer wiederverkauf franchise distribuidor distribuidores distribuir representante franquicia revender distributeur revendeur revendre franchise concession',
  GOOD: 'gut toll super prima zufrieden freundlich sauber hervorragend schnell empfehlen begeistert bien bueno excelente genial contento contentos encantado amable recomiendo perfecto excellent bravo satisfait satisfaite ravi recommande rapide impeccable',
  SUGGEST:
    'vorschlag anregung verbesserung schön sugerencia sugerir mejorar suggestion amélioration améliorer',
  THANK: 'danke dank vielen dankeschön gracias agradezco agradecido merci remercie remerciements',
  GREETING: 'hallo moin servus guten tag abend morgen grüß hola buenas buenos bonjour bonsoir salut coucou',
  YES: 'ja genau richtig stimmt passt klar einverstanden gerne sí si vale claro correcto acuerdo perfecto oui exact parfait entendu accord bien',
  BOUGHT: 'woanders anderweitig gekauft entschieden erledigt comprado otro ailleurs acheté trouvé',
  WITHDRAWN: 'interesse bedarf interesa interesado intéresse intéressé',
  NAME: 'heiße name nachname llamo nombre apellido apellidos appelle nom prénom',
  ADDRESSPART:
    'straße strasse postleitzahl plz hausnummer ort calle número piso código postal rue avenue boulevard étage',
  NUMBER: 'nummer telefonnummer mailadresse kundennummer número teléfono correo numéro mail adresse',
  FAMILY:
    'mutter vater mama oma schatz bruder schwester madre padre hermano abuela cariño mère père frère maman',
  WORLD:
    'wetter fußball hauptstadt witz gedicht rezept bundeskanzler einwohner tiempo partido fútbol chiste poema receta capital météo blague recette poème foot président',
  PRODUCT:
    'stuhl stühle tisch tische sofa fenster tür türen küche waschmaschine drucker heizung pumpe maschine schrank silla sillas mesa mesas ventana ventanas puerta cocina lavadora impresora bomba máquina armario chaise chaises table fenêtre fenêtres porte cuisine machine imprimante pompe canapé armoire',
  FEATURE:
    'garantie größe größen farbe farben lieferbar verfügbar lieferzeit ersatzteile passend modell material garantía tamaño talla color colores disponible disponibles repuestos modelo taille couleur coloris couleurs disponible disponibilité modèle pièces détachées délai',
  BUY: 'kaufen kauf erwerben interessiere comprar compra interesa acheter achat intéressé intéresse',
  SELLTOYOU:
    'agentur dienstleistungen leistungen suchmaschinenoptimierung webdesign kunden neukunden umsatz unternehmen kooperation anbieten agencia servicios posicionamiento clientes ventas empresa ofrecemos ofrezco agence prestations référencement clients entreprise proposons propose',
  JOB: 'bewerbung bewerben stelle stellen job ausbildung praktikum lebenslauf arbeit gehalt stellenanzeige trabajo empleo vacante puesto currículum prácticas sueldo contratan emploi poste candidature alternance recrutez embauchez salaire postuler travail',
  GETRICH:
    'gewonnen gewinn geschenk verdienen reich kredit darlehen ganado premio sorteo ganar inversión préstamo gagné gagner cadeau prêt crédit investissement',
  BAIT: 'klicken jetzt sofort konto gesperrt bestätigen haga clic enlace urgente cuenta bloqueada verificar cliquez lien immédiatement compte bloqué vérifier',
  INSULT:
    'idiot idioten arschloch dummkopf betrüger scheiße verbrecher trottel hurensohn gilipollas imbécil idiota mierda estafadores ladrones cabrón connard connards salaud merde escrocs voleurs abruti enculé',
  TIMEWORD:
    'heute morgen übermorgen montag dienstag mittwoch donnerstag freitag samstag sonntag woche monat nachmittag abend vormittag hoy mañana lunes martes miércoles jueves viernes sábado domingo semana tarde aujourd demain lundi mardi mercredi jeudi vendredi samedi dimanche semaine matin soir',
  RECEIVED: 'bekommen erhalten angekommen recibido recibir llegado reçu recevoir arrivé',
};
