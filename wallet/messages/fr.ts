import type { Messages } from "./en.ts";

/** Every sentence a person reads, in the French of Canada. Spaces before signs do not break: U+202F before ; ? and !, U+00A0 before : and within « ». */
export const fr: Messages = {
  language: {
    heading: "Langue",
    name: "Français",
    switchTo: "Passer au français",
  },
  app: {
    wallet: "Portefeuille",
    navigator: "Navigator",
    title: (heading, app) => `${heading} · ${app}`,
    loading: "Un instant…",
    home: "Accueil",
    back: "Retour",
    tryAgain: "Réessayer",
    timeLeft: (amount) => `encore ${amount}`,
    timeOver: "le délai est écoulé",
  },
  welcome: {
    heading: "Vous décidez qui voit vos données",
    intro:
      "Avant de voir quoi que ce soit, les applications vous le demandent ici. Vous dites oui ou non, et vous pouvez tout arrêter à tout moment.",
    again: "Votre session a pris fin. Connectez-vous de nouveau pour reprendre où vous en étiez.",
    newHere: "C’est ma première fois",
    name: "Votre nom",
    nameHint: "Personne ne le voit, sauf si vous le dites.",
    create: "Créer votre portefeuille",
    haveOne: "J’ai un portefeuille",
    signIn: "Me connecter avec une clé d’accès",
    passkey:
      "Une clé d’accès, c’est votre façon de déverrouiller cet appareil : votre visage, votre doigt ou votre NIP. Il n’y a pas de mot de passe, donc personne ne peut vous en demander un.",
    working: "Votre appareil vous demande de confirmer…",
  },
  names: {
    full: "60 signes : c’est la longueur maximale d’un nom.",
    over: (signs) =>
      signs === 1
        ? "Un signe de trop : un nom en compte au plus 60."
        : `${signs} signes de trop : un nom en compte au plus 60.`,
    trouble: {
      empty: "Veuillez entrer un nom. N’importe lequel convient.",
      long: "Ce nom est trop long. Veuillez vous en tenir à 60 signes.",
      signs:
        "Quelque chose dans ce nom est invisible, ou n’a pas sa place dans un nom. Les lettres, les chiffres, les émojis et des signes comme le point ou le tiret conviennent.",
      alphabets: "Ce nom mêle les lettres de deux alphabets qui se ressemblent. Veuillez n’en utiliser qu’un.",
    },
  },
  passkey: {
    cancelled: "La clé d’accès n’a pas servi ; rien ne s’est passé. Réessayez quand vous voudrez.",
    noneUsed:
      "Aucune clé d’accès n’a servi ; rien ne s’est passé. Si vous n’avez pas encore de portefeuille, créez-en un. Si vous en avez un, réessayez sur l’appareil qui connaît votre clé d’accès.",
    unknown:
      "Aucun portefeuille d’ici ne correspond à cette clé d’accès. Essayez-en une autre, ou créez votre portefeuille.",
    unsupported:
      "Ce navigateur ne prend pas en charge les clés d’accès. Essayez un navigateur plus récent, ou votre téléphone.",
    exists: "Cet appareil a déjà une clé d’accès pour un portefeuille d’ici. Connectez-vous avec elle.",
    failed: "Votre appareil n’a pas pu utiliser la clé d’accès. Veuillez réessayer.",
  },
  home: {
    greeting: {
      morning: (name) => `Bonjour, ${name}`,
      afternoon: (name) => `Bonjour, ${name}`,
      evening: (name) => `Bonsoir, ${name}`,
    },
    waiting: "En attente de votre réponse",
    nothingWaiting: "Rien ne vous attend.",
    asksFor: (titles) => `demande : ${titles}`,
    waitingCount: (count) =>
      count === 0 ? "" : count === 1 ? "Une demande vous attend." : `${count} demandes vous attendent.`,
    connected: "Accès en cours",
    nothingConnected: "Aucune application ne voit quoi que ce soit sur vous.",
    ended: "Arrêtés, terminés ou refusés",
    everything: "Toutes les applications, maintenant et avant",
    sources: "Vos sources",
    sourcesHint:
      "Les endroits qui conservent vos données, comme une clinique, un registre ou un établissement financier.",
    noSources:
      "Vous n’avez pas encore de source. Ajoutez-en une, pour avoir quelque chose à communiquer quand vous le voudrez.",
    holds: (titles) => `Conserve : ${titles}`,
    holdsNothing: "Ne conserve encore rien sur vous",
    linked: (recent, when) => (recent ? `Reliée ${when}` : `Reliée depuis ${when}`),
    connectHint: "Une application vous demande un code de votre portefeuille ? Il est ici.",
    openLinkHint: "Quand un autre écran vous montre un lien et un nombre.",
    more: "Plus",
    unreachable: {
      offline: "Vous semblez hors ligne. Ce qui s’affiche n’est peut-être plus à jour.",
      busy: "La plateforme ne répond pas pour le moment. Ce qui s’affiche n’est peut-être plus à jour.",
    },
  },
  ask: {
    heading: (client) => `${client} vous demande quelque chose`,
    where: "Où voulez-vous répondre ?",
    here: (name) => `Répondre ici, sous le nom ${name}`,
    elsewhere: "Répondre sur mon téléphone",
    haveElsewhere: "Mon portefeuille est sur mon téléphone",
    signIn: (client) =>
      `${client} vous demande quelque chose. Connectez-vous pour voir de quoi il s’agit ; ensuite, vous direz oui ou non.`,
    signInFromElsewhere: (client, clock) =>
      `${client} vous demande quelque chose. Cela a commencé à ${clock}, sur un autre écran. Si cela ne vient pas de vous, fermez cette page ; sinon, connectez-vous.`,
  },
  elsewhere: {
    heading: "Répondre sur votre téléphone",
    scan: "Visez ceci avec l’appareil photo de votre téléphone",
    qr: "Un code QR qui contient le lien pour votre téléphone",
    noCamera: "Pas d’appareil photo ? Prenez le lien",
    linkHow:
      "Ouvrez ce lien sur l’appareil où se trouve votre portefeuille. Dans Navigator, c’est sous « Ouvrir un lien d’un autre écran ».",
    copy: "Copier le lien",
    copied: "Copié",
    number: "Là-bas, entrez ce nombre",
    waiting: "En attente de votre réponse. Cette page continuera ensuite d’elle-même.",
    unreachable: "Vous semblez hors ligne. Cette page continuera dès que la connexion reviendra.",
    never:
      "Le lien et le nombre sont pour vous seulement. Personne n’en a jamais besoin : ni au téléphone, ni par courriel, ni par clavardage.",
  },
  openLink: {
    heading: "Ouvrir un lien d’un autre écran",
    how: "Vous avez commencé quelque chose dans une application sur un autre écran, et il vous montre un lien. Collez-le ou entrez-le ici ; vous verrez ensuite ce qui vous est demandé.",
    label: "Lien",
    hint: "Seulement un lien que vous voyez sur votre propre écran. Jamais un lien qu’on vous a envoyé.",
    foreign: "Ce n’est pas un lien de votre portefeuille, ou il n’est pas complet. Rien n’a été ouvert.",
    open: "Ouvrir",
  },
  request: {
    heading: (client, titles) => `${client} demande à voir : ${titles}`,
    who: "Qui demande",
    noSite: "Cette application n’indique pas de site Web",
    newHere: (when) => `Nouvelle ici : inscrite ${when}`,
    hereSince: (when) => `Ici depuis ${when}`,
    bindingHeading: (client) => `${client} affiche`,
    bindingHint:
      "Vérifiez que votre autre écran affiche la même chose. Si ce n’est pas le cas, ou si cela ne vient pas de vous, refusez.",
    notStarted: "Si cela ne vient pas de vous, refusez.",
    startedHeading: "Un autre écran a commencé ceci",
    startedText: (client, clock) =>
      `Cela a commencé à ${clock}, dans ${client}, sur un autre écran que celui-ci. Si cela ne vient pas de vous, ou si cet écran n’est pas devant vous, refusez.`,
    startedNever:
      "N’entrez jamais un nombre qu’on vous a envoyé ou dicté. La personne qui le demande cherche à voir vos données.",
    number: "Quel nombre votre autre écran affiche-t-il ?",
    numberHint: "Deux chiffres. Si aucun de vos écrans n’affiche de nombre, cela ne vient pas de vous : refusez.",
    typeNumber: "Entrez le nombre que votre autre écran affiche, ou refusez.",
    wrongNumber: (left) =>
      `Votre autre écran affiche un autre nombre. ${left === 1 ? "Il reste 1 essai." : `Il reste ${left} essais.`}`,
    whoSees: "Qui verra vos données",
    you: (day, clock) => `Vous, dans le navigateur où vous avez dit qui vous êtes, à ${clock}, le ${day}.`,
    somebody: (name, client) =>
      `${name}, dans ${client}. C’est le nom que cette personne utilise ; assurez-vous de savoir de qui il s’agit.`,
    resources: (names, source) => `Nom donné par ${source} : ${names}`,
    what: "Ce que l’application verra",
    needed: "Nécessaire",
    neededBecause: (reason) => `Nécessaire. ${reason}.`,
    yourChoice: "À votre choix",
    optional: (title) => `À votre choix pour ${title}`,
    sensitive: {
      ordinary: "Rien d’autre sur vous ne sera visible, et cette plateforme ne voit jamais ces données.",
      health:
        "Ce sont des renseignements sur votre santé. Rien d’autre sur vous ne sera visible, et cette plateforme ne voit jamais ces données.",
      financial:
        "Ces données concernent votre argent. Rien d’autre sur vous ne sera visible, et cette plateforme ne voit jamais ces données.",
      identity:
        "Ces données disent qui vous êtes. Rien d’autre sur vous ne sera visible, et cette plateforme ne voit jamais ces données.",
    },
    why: "Pourquoi",
    where: "D’où viennent les données",
    whereOf: (title) => `D’où viennent les données : ${title}`,
    askedFirst: "Consultée en premier",
    putFirst: "Consulter en premier",
    putFirstOf: (source) => `Consulter en premier : ${source}`,
    unusable: {
      holds_none: "Ne conserve rien de ce genre sur vous",
      lacks_action: "N’offre pas ce dont l’application a besoin",
      not_asked: "L’application n’a pas demandé cette source",
      disconnected: "Vous avez retiré cette source",
      suspended: "Suspendue pour le moment par les responsables de cette plateforme",
    },
    noneUsable:
      "Aucune de vos sources ne peut fournir ces données en ce moment. Ajoutez un endroit qui le peut, puis revenez ici. Cette demande vous attend.",
    noSources:
      "Vous n’avez pas encore de source pour ces données. Ajoutez l’endroit qui les conserve, puis revenez ici. Cette demande vous attend.",
    howLong: "Pour combien de temps",
    until: (day) => `Aussi souvent que voulu, jusqu’au ${day}. Vous pouvez l’arrêter ici, à tout moment.`,
    untilTime: (day, clock) =>
      `Aussi souvent que voulu, jusqu’à ${clock}, le ${day}. Vous pouvez l’arrêter ici, à tout moment.`,
    ifNo: "Si vous dites non",
    ifNoText: (client) =>
      `Rien n’est communiqué par cette demande. ${client} apprend que vous avez dit non, et rien de plus. Une nouvelle demande reste possible.`,
    notMe: "Cela ne vient pas de moi",
    notMeHint: (client) =>
      `Rien n’est communiqué par cette demande, et ${client} ne peut rien vous demander pendant une journée.`,
    choose: (title) => `Choisissez au moins un endroit pour : ${title}.`,
    changed: "Quelque chose a changé pendant votre lecture. Veuillez relire avant de répondre.",
    notAccepted: "La plateforme n’a pas accepté cette réponse, et rien n’a été communiqué. Veuillez relire.",
    notSent: {
      offline: "Vous semblez hors ligne. Rien n’a été envoyé. Réessayez quand la connexion reviendra.",
      busy: "La plateforme ne répond pas pour le moment. Rien n’a été communiqué. Veuillez réessayer.",
    },
  },
  began: {
    heading: "Quand cela a commencé",
    at: (day, clock) =>
      `La demande a été faite à ${clock}, le ${day}. Si vous ne l’avez pas commencée à ce moment-là, refusez.`,
    says: (client) => `Selon ${client}, cela a commencé ici :`,
  },
  byLink: {
    heading: "Votre autre écran affiche ce nombre",
    hint: "Le lien que vous avez ouvert l’a apporté ; il n’y a donc rien à entrer. Si ce lien n’était pas sur un écran devant vous, ou si quelqu’un vous l’a envoyé, refusez.",
    or: "Rien à entrer si vous balayez le code affiché à côté du nombre, ou si vous apportez son lien ici.",
    open: "Ouvrir son lien",
    noneHeading: "Aucune demande par ce lien",
    noneText: (name) =>
      `Il n’y en a pas pour ${name}. Si vous venez à peine de commencer, réessayez dans un instant. Si le lien était pour quelqu’un d’autre, cette personne doit se connecter.`,
  },
  namedBy: {
    operator: () => "Inscrite par les responsables de cette plateforme",
    statement: (host) => `${host} se porte garant de ce nom`,
    itself: () => "Elle s’est inscrite elle-même : son nom et son adresse, elle seule les affirme",
  },
  explicit: {
    yes: (title) => `Oui, cela aussi : ${title}`,
    missing: (title) => `Ceci demande votre accord à part : ${title}. Cochez la case, ou refusez.`,
  },
  requestEnds: {
    answered: [
      "Déjà répondu",
      "Cette demande a reçu une réponse, ici ou sur un autre appareil. Vous trouverez toutes vos réponses sous « Les applications et ce qu’elles voient ».",
    ],
    missed: [
      "Trois nombres erronés",
      "Cela a mis fin à cette demande, pour votre sécurité. Rien n’a été communiqué, et l’application n’en connaît pas la raison. Si la demande venait de vous, recommencez dans l’application.",
    ],
    released: [
      "L’application a repris sa demande",
      "Elle a renoncé à l’autorisation qu’elle voulait modifier ; il n’y a donc plus rien à répondre. Elle ne voit rien par cette autorisation.",
    ],
  },
  closed: {
    heading: {
      approved: "Vous avez déjà dit oui",
      declined: "Vous avez déjà dit non",
      not_me: "Cela ne venait pas de vous",
      unanswered: "Trop tard pour cette demande",
      wrong_number: "Trois nombres erronés",
      ended: "Il n’y a plus rien à répondre",
    },
    asked: {
      approved: (client, when) => `Vous avez autorisé ce que demandait ${client}, ${when}.`,
      declined: (client, when) =>
        `Vous avez refusé ce que demandait ${client}, ${when}. Rien n’a été communiqué par cette demande.`,
      not_me: (client, when) =>
        `Vous nous l’avez dit ${when}. ${client} n’a pas reçu de réponse, et rien n’a été communiqué par cette demande.`,
      unanswered: (client, when) =>
        `Le temps pour répondre à ${client} s’est écoulé ${when}. Rien n’a été communiqué par cette demande. Si vous le voulez encore, recommencez dans l’application.`,
      wrong_number: (client, when) =>
        `Pour votre sécurité, cela a mis fin à la demande de ${client}, ${when}. Rien n’a été communiqué par cette demande, et l’application n’en connaît pas la raison. Si elle venait de vous, recommencez dans l’application.`,
      ended: (client, when) =>
        `L’autorisation que ${client} voulait modifier a pris fin ${when}, et cette demande avec elle.`,
    },
    change: {
      approved: (client, when) => `Vous avez accepté le changement demandé par ${client}, ${when}.`,
      declined: (client, when) => `Vous avez refusé le changement demandé par ${client}, ${when}. Rien n’a changé.`,
      not_me: (client, when) =>
        `Vous nous l’avez dit ${when}. ${client} n’a pas reçu de réponse, et sa demande n’a rien changé.`,
      unanswered: (client, when) =>
        `${client} a demandé un changement, et le temps pour répondre s’est écoulé ${when}. Rien n’a changé. Si vous le voulez encore, recommencez dans l’application.`,
      wrong_number: (client, when) =>
        `Pour votre sécurité, cela a mis fin au changement demandé par ${client}, ${when}. Rien n’a changé, et l’application n’en connaît pas la raison. Si la demande venait de vous, recommencez dans l’application.`,
      ended: (client, when) =>
        `L’autorisation que ${client} voulait modifier a pris fin ${when}, et cette demande avec elle.`,
    },
    when: (day, clock) => `le ${day} à ${clock}`,
    since: {
      withdrawn: (_, when) => `Vous y avez mis fin ${when}.`,
      released: (client, when) => `${client} a rendu l’autorisation ${when}.`,
      expired: (_, when) => `L’accès a pris fin de lui-même ${when}.`,
      lapsed: (client, when) => `${client} ne s’en est jamais servi, et l’accès a pris fin ${when}.`,
    },
    look: "Voir les détails",
    lookAt: (client) => `Voir les détails : ${client}`,
  },
  time: {
    toAnswer: (amount) => `encore ${amount} pour répondre`,
    given: (amount) => `Cet écran reste ouvert pendant encore ${amount}.`,
    soon: "Cet écran va bientôt se mettre en pause. Avez-vous besoin de plus de temps ?",
    last: "Le temps pour répondre est presque écoulé.",
    more: "Donnez-moi plus de temps",
    pausedHeading: "Êtes-vous toujours là ?",
    pausedText:
      "Cet écran s’est mis en pause pendant votre absence. Rien n’a été communiqué, et vos choix sont conservés.",
    waits: (client, clock) => `${client} attend votre réponse jusqu’à ${clock}.`,
    waitsLong: (client, day, clock) => `${client} attend votre réponse jusqu’à ${clock}, le ${day}.`,
    goOn: "Reprendre la lecture",
  },
  answers: {
    heading: "Votre réponse",
    request: {
      no: "Refuser",
      noFor: (client) => `Refuser : ${client} n’obtient pas ces données`,
      yes: "Autoriser",
      yesFor: (client) => `Autoriser : ${client} peut voir ces données`,
    },
    change: {
      no: "Refuser",
      noFor: (client) => `Refuser : rien ne change pour ${client}`,
      yes: "Autoriser",
      yesFor: (client) => `Autoriser : ${client} peut dorénavant voir ces données`,
    },
    signIn: {
      no: "Refuser",
      noFor: (client) => `Refuser : ne pas me connecter chez ${client}`,
      yes: "Autoriser",
      yesFor: (client) => `Autoriser : me connecter chez ${client}`,
    },
    link: {
      no: "Pas maintenant",
      noFor: (source) => `Pas maintenant : ${source} n’est pas reliée`,
      yes: "Relier",
      yesFor: (source) => `Relier ${source}`,
    },
  },
  change: {
    heading: (client) => `${client} demande à changer ce qui lui est visible`,
    intro: (day) => `Vous l’avez autorisé le ${day}. Voici ce qui serait différent.`,
    new: "Nouveau",
    noLonger: "Prendra fin",
    inUse: "En cours",
    nothingNew: "Rien de plus que ce qui est déjà visible.",
    same: "Ce qui reste pareil",
    from: (sources) => `Source : ${sources}`,
    sameSources: (sources) => `Comme maintenant : ${sources}`,
    asNow: "Comme maintenant",
    mark: { longer: "Plus long", shorter: "Plus court" },
    otherEnd: (day) => `Actuellement, l’accès prend fin le ${day}.`,
    ifNoText: (client) =>
      `Rien ne change : ${client} continue de voir ce qui lui est visible maintenant, apprend que vous avez dit non, et rien de plus.`,
    notMeHint: (client) => `Rien ne change, et ${client} ne peut rien vous demander pendant une journée.`,
    declinedText: (client) =>
      `Rien n’a changé. ${client} continue de voir ce que vous aviez autorisé, et sait que vous avez dit non.`,
  },
  signIn: {
    heading: (client) => `${client} vous demande de vous connecter`,
    asks: "vous demande de vous connecter",
    what: "Ce que l’application apprend",
    whatText: (client) =>
      `Qu’il s’agit encore de vous, grâce à un numéro créé pour ${client} seulement. Pas votre nom, pas de données, rien de vos sources.`,
    howLong: "Pour combien de temps",
    howLongText: (client, clock) =>
      `Pour cette fois seulement. À ${clock} au plus tard, ${client} n’apprend plus rien ici. La durée de votre session là-bas dépend de cette application.`,
    ifNoText: (client) => `Aucune session n’est ouverte. ${client} apprend que vous avez dit non, et rien de plus.`,
    doneHeading: (client) => `Votre session est ouverte chez ${client}`,
    doneText: (client) => `${client} sait que c’est vous, et ne voit aucune de vos données.`,
    title: "Connexion",
    states: {
      active: (client) => `Vous avez ouvert une session chez ${client}, qui ne voit aucune de vos données.`,
      paused: (client) => `C’est en pause. ${client} ne peut pas vérifier qui vous êtes pour le moment.`,
      ended: (client) =>
        `Vous avez ouvert une session chez ${client}, une fois ; l’application ne peut plus rien vérifier ici.`,
      declined: (client) => `Vous n’avez pas ouvert de session chez ${client}.`,
    },
  },
  claims: {
    heading: (client) => `${client} demande qui vous êtes`,
    wants: (source) =>
      `Cette application veut vous montrer quelque chose qui se trouve chez ${source} et qui appartient à une autre personne.`,
    owner: (name, client) =>
      `C’est cette autre personne qui décide. Elle apprendra que ${name} le demande, au moyen de ${client}.`,
    nothingElse: (client) => `${client} n’apprend rien sur vous ici.`,
    say: (name) => `Demander sous le nom ${name}`,
    refuse: "Ne pas demander",
  },
  done: {
    approvedHeading: (client) => `${client} a maintenant accès`,
    approvedWhat: (client, titles) => `${client} peut maintenant voir : ${titles}.`,
    approvedFrom: (sources) => `Source des données : ${sources}.`,
    approvedUntil: (day) => `L’accès prend fin de lui-même le ${day}.`,
    approvedStop: "Vous pouvez l’arrêter plus tôt, à tout moment :",
    stopHere: (client) => `Voir ou arrêter ${client}`,
    goBack: (client) => `Vous pouvez maintenant retourner à ${client}.`,
    otherGoesOn: "Votre autre écran continue de lui-même.",
    otherGoesBack: (client) =>
      `Rien n’a été communiqué par cette demande. Votre autre écran retourne à ${client} et indique que vous avez dit non.`,
    otherStops: "L’autre écran s’arrête et ne reçoit rien non plus.",
    declinedHeading: "Vous avez dit non",
    declinedText: (client) => `Rien n’a été communiqué par cette demande. ${client} sait que vous avez dit non.`,
    notMeHeading: "Merci de nous l’avoir dit",
    notMeText: (client) =>
      `Rien n’a été communiqué par cette demande. ${client} ne reçoit pas de réponse et ne peut rien vous demander pendant une journée. Les responsables de cette plateforme voient ce signalement. Votre portefeuille est en sécurité.`,
    toHome: "Retour à l’accueil",
  },
  link: {
    heading: (source) => `Relier ${source} ?`,
    who: "Quel est cet endroit",
    started: (source) =>
      `Reliez cette source seulement si vous arrivez vous-même du site « ${source} », après y avoir ouvert votre propre session. Si quelqu’un vous a envoyé un lien, choisissez « Pas maintenant ».`,
    what: "Ce que cela change",
    tells: (source, titles) => `${source} indique à cette plateforme ce qui s’y trouve sur vous : ${titles}.`,
    tellsAny: (source) => `${source} indique à cette plateforme quels genres de données s’y trouvent sur vous.`,
    nothingYet: "Les données elles-mêmes restent là-bas. Personne ne peut encore les voir.",
    youDecide:
      "Chaque fois qu’une application demande quelque chose, vous décidez ici si cet endroit lui donne quoi que ce soit.",
    stop: "Vous pouvez la retirer à tout moment, sous « Vos sources ».",
    changed: "Quelque chose a changé pendant votre lecture. Veuillez relire avant de répondre.",
    notSent: {
      offline: "Vous semblez hors ligne. Rien n’a été relié. Réessayez quand la connexion reviendra.",
      busy: "La plateforme ne répond pas pour le moment. Rien n’a été relié. Veuillez réessayer.",
    },
  },
  source: {
    holds: "Ce qu’elle conserve sur vous",
    end: "Retirer cette source",
    endHeading: (name) => `Retirer ${name} ?`,
    stopsNow: (name) =>
      `Les applications que vous avez autorisées à voir vos données chez ${name} n’en reçoivent plus rien, immédiatement.`,
    keeps: (name) =>
      `${name} conserve vos données, comme avant, et cesse seulement de les donner aux applications par ce portefeuille.`,
    again: "Vous pourrez la relier de nouveau à tout moment, par « Ajouter une source ».",
    keep: "La garder",
    confirm: "Oui, la retirer",
    working: "Retrait en cours…",
    ended: (name) => `C’est fait. ${name} ne fait plus partie de vos sources.`,
    failed: "Cela n’a pas fonctionné ; rien n’a changé. Veuillez réessayer.",
  },
  deadEnd: {
    expiredHeading: "Trop tard pour cette demande",
    expiredText:
      "Le temps pour répondre est écoulé. Rien n’a été communiqué. Si vous le voulez encore, recommencez dans l’application.",
    closedHeading: "Déjà répondu",
    closedText:
      "Cette demande est close : elle a reçu une réponse, ici ou sur un autre appareil, ou son délai est écoulé. Vous trouverez toutes vos réponses sous « Les applications et ce qu’elles voient ».",
    notFoundHeading: "Rien à voir ici",
    notFoundText: (name) =>
      `Il n’y a rien à cette adresse pour ${name}. Si vous partagez cet appareil, une autre personne doit peut-être se connecter.`,
    notYoursHeading: "Quelqu’un s’en occupe déjà",
    notYoursText: (name) =>
      `La réponse se donne sur un autre appareil, ou par une autre personne. La session ouverte ici est celle-ci : ${name}. Si l’autre appareil est à vous, répondez là-bas ; sinon, retournez à l’application et recommencez.`,
    stopped: {
      flow: ["Ce lien ne mène nulle part", "Rien n’a été communiqué. Retournez à l’application et recommencez."],
      late: [
        "Trop tard pour ce lien",
        "Son délai s’est écoulé avant la réponse. Rien n’a été communiqué. Retournez à l’application et recommencez.",
      ],
      used: [
        "Ce lien a déjà servi",
        "Votre réponse est parvenue à l’application, une fois. Si l’application ne la connaît pas, retournez-y et recommencez.",
      ],
      browser: [
        "Cela a commencé dans un autre navigateur",
        "Pour votre sécurité, la réponse va seulement au navigateur où vous avez commencé. Retournez-y à l’application, et recommencez au besoin.",
      ],
      app: [
        "Cette application est arrêtée pour le moment",
        "Les responsables de cette plateforme l’ont arrêtée. Rien n’a été communiqué. Si cela change bientôt, ce même lien fonctionnera de nouveau.",
      ],
      erased: [
        "Votre portefeuille est en cours de suppression",
        "Toutes les applications qui avaient accès à vos données sont arrêtées et averties. Dans quelques minutes, il ne restera rien de vous ici ; la dernière trace disparaît quand tous ont été avertis, au plus tard dans trois jours. Si vous revenez, vous repartirez de zéro.",
      ],
    },
    elsewhere: {
      over: [
        "C’est terminé",
        "Cela a été arrêté, ou repris d’une autre façon. Il ne se passera plus rien sur cette page. Si vous ne l’avez pas arrêté vous-même, retournez à l’application et recommencez.",
      ],
      cannot_ask: [
        "Cette application ne peut rien vous demander pour le moment",
        "Les responsables de cette plateforme l’ont arrêtée. Rien n’a été communiqué.",
      ],
      muted: [
        "Vous avez mis cette application en sourdine",
        "Vous nous avez dit qu’une de ses demandes ne venait pas de vous ; pour le moment, elle ne peut donc rien vous demander. Rien n’a été communiqué. Si cette demande-ci vient de vous, laissez-la demander à nouveau.",
      ],
      broken_link: [
        "Ce lien n’est pas complet",
        "Visez-le encore une fois, ou copiez-le en entier. S’il mène encore ici, recommencez dans l’application.",
      ],
    },
    offlineHeading: "Vous semblez hors ligne",
    offlineText: "Rien n’est perdu. Réessayez quand la connexion reviendra.",
    busyHeading: "Veuillez patienter un moment",
    busyText: "La plateforme ne répond pas pour le moment. Rien n’est perdu. Réessayez dans une minute.",
    signOut: "Changer de personne",
  },
  consents: {
    heading: "Les applications et ce qu’elles voient",
    filter: "Afficher",
    from: (titles, sources) => `${titles} (source : ${sources})`,
    given: (when) => `Vous avez dit oui le ${when}`,
    untilShort: (day) => `jusqu’au ${day}`,
    untilClock: (clock) => `jusqu’à ${clock}`,
    paused: "en pause",
    notInUse: "inutilisé",
    ended: {
      withdrawn: "arrêté par vous",
      released: "rendu par l’application",
      expired: "arrivé à échéance",
      lapsed: "jamais utilisé",
      declined: "refusé",
      not_me: "pas vous",
      unanswered: "sans réponse",
      wrong_number: "mauvais nombre",
    },
    endedPlain: "terminé",
  },
  forget: {
    offer: "Retirer de mon historique",
    heading: "Retirer cette entrée de votre historique ?",
    gone: "Elle disparaît de vos applications, de votre activité et de ce que vous enregistrez, sans retour possible.",
    stays: (client) =>
      `${client} n’en sait rien, et garde ce qui lui a déjà été montré. La plateforme garde, hors de vue, sa propre preuve de ce qui a été décidé, jusqu’à ce que vous supprimiez votre portefeuille.`,
    again:
      "Si quelque chose ne va pas avec cette entrée, gardez-la : sans elle, vous ne pourrez montrer à personne ce qui s’est passé.",
    keep: "La garder",
    confirm: "Oui, retirer cette entrée",
    working: "Retrait en cours…",
    failed: "Elle n’a pas été retirée. Veuillez réessayer.",
  },
  export: {
    heading: "Tout enregistrer",
    hint: "Un fichier avec tout ce qui est gardé ici à votre sujet.",
    intro:
      "Votre compte, vos clés d’accès, vos appareils et vos sources, chaque autorisation avec les mots auxquels vous avez dit oui, et tout ce qui s’est passé. Le contenu de vos données n’y est pas : il n’a jamais été ici.",
    careful:
      "Quiconque a ce fichier peut y lire quelles applications et quels endroits vous utilisez. Gardez-le là où personne d’autre ne peut l’ouvrir.",
    page: "Enregistrer comme page à lire",
    json: "Enregistrer pour un programme",
    saved: "Enregistré. Le fichier est dans les téléchargements de votre navigateur.",
    file: "mon-portefeuille",
    made: (when, exchange) => `Enregistré le ${when} depuis ${exchange}.`,
    account: "Compte",
    name: (name) => `Nom : ${name}`,
    walletName: (name) => `Nom de portefeuille : ${name}`,
    since: (when) => `Ici depuis le ${when}`,
    passkey: (name, when) => `${name}, créée le ${when}`,
    unnamed: "Sans nom",
    none: "Aucun",
    shown: (when) => `Ce qui vous a été montré quand vous avez dit oui le ${when}`,
  },
  erase: {
    heading: "Supprimer mon portefeuille",
    hint: "Arrête tout et efface ce que cette plateforme sait de vous.",
    intro:
      "Supprimer votre portefeuille arrête tout immédiatement, puis efface ce que cette plateforme sait de vous. Il n’y a pas de retour possible, ni pour vous ni pour personne.",
    apps: (names) => `Ces applications ne peuvent plus rien voir : ${names}.`,
    noApps: "Aucune application ne peut voir quoi que ce soit de vous en ce moment.",
    places: (names) => `Ces sources sont retirées : ${names}. Vos données restent là-bas : elles n’ont jamais été ici.`,
    noPlaces: "Aucun endroit qui conserve vos données n’est relié.",
    told: "Tous en sont avertis. Ce qu’une application a déjà vu, elle l’a peut-être gardé : demandez-lui de le supprimer, si vous le voulez.",
    gone: "Vos clés d’accès, vos appareils, votre nom de portefeuille, chaque autorisation et tout son historique disparaissent.",
    keepCopy: "Gardez d’abord une copie de votre historique, si vous le voulez.",
    offer: "Supprimer mon portefeuille",
    sure: (name) => `Supprimer le portefeuille de ${name} ?`,
    cannotUndo: "C’est irréversible. Votre appareil vous demandera votre clé d’accès une dernière fois.",
    keep: "Garder mon portefeuille",
    confirm: "Oui, tout supprimer",
    working: "Votre appareil vous demande de confirmer…",
    failed: "Rien n’a été supprimé. Veuillez réessayer.",
  },
  activity: {
    heading: "Activité",
    hint: "Ce qui a été demandé, ce que vous avez répondu, ce qui a servi.",
    intro:
      "Ce qui s’est passé, du plus récent au plus ancien : qui a demandé, ce que vous avez répondu, quand cela a servi, qui a ouvert une session. Le contenu de vos données n’y est jamais.",
    byApp: "Application",
    everyApp: "Toutes les applications",
    byKind: "Quoi",
    everything: "Tout",
    kinds: {
      requests: "Demandes et réponses",
      uses: "Utilisations",
      permissions: "Autorisations",
      sources: "Sources de données",
      account: "Votre portefeuille",
    },
    found: (count) => (count === 0 ? "Rien pour l’instant." : count === 1 ? "Une entrée" : `${count} entrées`),
    times: (count) => (count === 1 ? "une fois ce jour-là" : `${count} fois ce jour-là, la dernière à`),
    more: "En voir plus",
    older: "Il y en a d’autres. Votre exportation les contient toutes.",
    save: "Garder une copie",
    saveHint: "Un fichier avec les entrées ci-dessus, telles que vous les avez filtrées.",
    saveCsv: "Enregistrer pour un tableur",
    saveJson: "Enregistrer pour un programme",
    file: "activite",
    columns: {
      when: "Quand",
      what: "Quoi",
      app: "Application",
      place: "Endroit",
      device: "Appareil",
      about: "Au sujet de",
      times: "Nombre ce jour-là",
    },
    what: {
      asked: (app) => `${app} vous a fait une demande`,
      approved: (app) => `Vous avez dit oui à ${app}`,
      declined: (app) => `Vous avez dit non à ${app}`,
      not_me: (app) => `Vous avez dit à ${app} : cela ne vient pas de moi`,
      wrong_number: (app) => `Le nombre était faux. ${app} n’a rien obtenu`,
      unanswered: (app) => `${app} n’a pas eu de réponse à temps`,
      change_proposed: (app) => `${app} a demandé un changement`,
      change_approved: (app) => `Vous avez dit oui à un changement pour ${app}`,
      change_declined: (app) => `Vous avez dit non à un changement pour ${app}`,
      change_not_me: (app) => `Au sujet d’un changement pour ${app}, vous avez dit : cela ne vient pas de moi`,
      change_wrong_number: (app) => `Le nombre était faux. Rien n’a changé pour ${app}`,
      change_unanswered: (app) => `Le changement demandé par ${app} n’a pas eu de réponse à temps`,
      change_superseded: (app) => `${app} a demandé un autre changement à la place`,
      collected: (app) => `${app} a reçu l’accès pour quelques minutes`,
      used: (app, place) => `${place} nous a interrogés au sujet de ${app} et a pu lui répondre`,
      refused: (app, place) =>
        place === ""
          ? `${app} a essayé et n’a rien obtenu`
          : `${place} nous a interrogés au sujet de ${app} et a reçu un refus`,
      paused: (app) => `Vous avez mis ${app} en pause`,
      resumed: (app) => `Vous avez laissé ${app} reprendre`,
      shortened: (app) => `Vous avez raccourci l’accès de ${app}`,
      kept: (app) => `Au rappel, vous avez gardé l’accès de ${app} tel quel`,
      access_returned: (app) => `${app} a rendu son accès`,
      access_revoked: (app) => `${app} s’est servie deux fois de la même chose ; son accès lui a été retiré`,
      withdrawn: (app) => `Vous avez arrêté l’accès de ${app}`,
      released: (app) => `${app} a rendu votre autorisation`,
      expired: (app) => `Votre autorisation pour ${app} a pris fin d’elle-même`,
      lapsed: (app) => `${app} ne s’est jamais servie de votre autorisation ; elle a pris fin`,
      source_connected: (_, place) => `Vous avez relié ${place}`,
      source_disconnected: (_, place) => `Vous avez retiré ${place} de vos sources`,
      account_made: () => "Vous avez créé votre portefeuille",
      reminded: (app) => `Nous vous avons rappelé l’accès de ${app}`,
      passkey_made: (_, __, name) =>
        name === "" ? "Une clé d’accès a été créée" : `Une clé d’accès a été créée : ${name}`,
      passkey_removed: (_, __, name) =>
        name === "" ? "Une clé d’accès a été retirée" : `Une clé d’accès a été retirée : ${name}`,
      device_added: (_, __, name) =>
        name === "" ? "Un appareil qui sonne a été ajouté" : `Un appareil qui sonne a été ajouté : ${name}`,
      device_removed: (_, __, name) =>
        name === "" ? "Un appareil qui sonnait a été retiré" : `Un appareil qui sonnait a été retiré : ${name}`,
      signed_in: (_, __, name) => (name === "" ? "Session ouverte" : `Session ouverte : ${name}`),
      signed_in_first: (_, __, name) =>
        name === ""
          ? "Première session ouverte dans un navigateur ou une application qui ne dit pas son nom"
          : `Première session ouverte : ${name}`,
      session_ended: (_, __, name) =>
        name === "" ? "Une session a été fermée à distance" : `Session fermée à distance : ${name}`,
      signed_out_elsewhere: () => "Toutes les autres sessions ont été fermées",
      recovery_code_made: () => "Un code de récupération a été créé",
      recovery_asked: () => "Quelqu’un a demandé à retrouver l’accès à votre portefeuille",
      recovery_stopped: () => "La demande de récupération de votre portefeuille a été arrêtée",
      recovered: (_, __, name) =>
        name === ""
          ? "Votre portefeuille a été rouvert avec un code de récupération"
          : `Votre portefeuille a été rouvert avec un code de récupération : ${name}`,
    },
  },
  uses: {
    heading: "Quand cela a servi",
    never: "Pas encore utilisé.",
    last: (when) => `Dernière utilisation : ${when}`,
    count: (times) =>
      times === 0
        ? "Aucun endroit qui conserve vos données ne nous a encore demandé s’il peut répondre à cette application."
        : times === 1
          ? "Utilisé une fois. Chaque fois qu’un endroit qui conserve vos données nous demande s’il peut répondre à cette application, nous en comptons une."
          : `Utilisé ${times} fois. Chaque fois qu’un endroit qui conserve vos données nous demande s’il peut répondre à cette application, nous en comptons une.`,
    asked: (times, when) =>
      times === 1 ? `Nous a demandé une fois, le ${when}` : `Nous a demandé ${times} fois, la dernière le ${when}`,
    collected: (times, when) =>
      times === 1
        ? `L’application a reçu l’accès une fois, pour quelques minutes, le ${when}`
        : `L’application a reçu l’accès ${times} fois, pour quelques minutes chaque fois, la dernière le ${when}`,
    refused: "Qui a essayé sans en avoir le droit",
    tried: (times, when) =>
      times === 1 ? `A essayé une fois, le ${when}` : `A essayé ${times} fois, la dernière le ${when}`,
    gotNothing: "L’autorisation avait pris fin ou était en pause. Personne n’a rien obtenu.",
  },
  consent: {
    states: {
      active: (client) => `${client} peut voir ces données maintenant.`,
      paused: (client) => `C’est en pause. ${client} ne voit rien par cette autorisation pour le moment.`,
      ended: (client) => `C’est terminé. ${client} ne voit plus rien par cette autorisation.`,
      declined: (client) => `Rien n’a été communiqué à ${client} par cette demande.`,
    },
    notInUse: (client) =>
      `${client} n’utilise pas cet accès et l’a rendu. Plus rien n’est visible par cette autorisation, à moins que vous ne disiez oui de nouveau. Votre autorisation reste ici jusqu’à ce que vous l’arrêtiez.`,
    what: "Ce que l’application voit",
    disconnected: "Vous avez retiré cette source. Plus rien n’en provient.",
    whatEnded: "De quoi il s’agissait",
    when: "Quand",
    sinceDay: (day) => `Vous avez dit oui le ${day}.`,
    askedDay: (day) => `La demande date du ${day}.`,
    untilDay: (day) => `L’accès prend fin de lui-même le ${day}.`,
    told: {
      ended: "Qui sait que c’est terminé",
      left: "Plus rien ne vient d’ici",
      count: (heard, all) => `${heard} sur ${all} l’ont confirmé.`,
      heard: (when) => `Confirmé le ${when}`,
      waits: "En cours d’envoi. Pas encore confirmé.",
      asks: "Non prévenu. L’apprendra à sa prochaine demande.",
    },
    endedDay: (day, clock) => `L’accès a pris fin à ${clock}, le ${day}.`,
    ending: {
      sharing: {
        offer: "Arrêter l’accès",
        heading: (client) => `Arrêter l’accès accordé à ${client} ?`,
        stopsNow: (client) => `Immédiatement, ${client} ne reçoit plus rien par cette autorisation.`,
        keeps: (client) =>
          `${client} peut encore conserver ce qui lui a déjà été montré. Vous pouvez en demander la suppression.`,
        confirm: "Oui, arrêter maintenant",
        keep: "Garder l’accès",
        ended: (client, clock) =>
          `C’est arrêté. Depuis ${clock}, ${client} ne reçoit plus rien par cette autorisation.`,
      },
      signIn: {
        offer: "Mettre fin à cette connexion",
        heading: (client) => `Mettre fin à cette connexion chez ${client} ?`,
        stopsNow: (client) => `Immédiatement, ${client} ne peut plus vérifier ici qui vous êtes.`,
        keeps: (client) =>
          `Votre session là-bas peut rester ouverte jusqu’à ce que vous vous déconnectiez chez ${client}.`,
        confirm: "Oui, y mettre fin",
        keep: "La garder",
        ended: (client, clock) => `C’est terminé. Depuis ${clock}, ${client} ne peut plus rien vérifier ici.`,
      },
    },
    again: "Si vous changez d’avis, recommencez dans l’application. Vous recevrez une nouvelle demande.",
    stopping: "Arrêt en cours…",
    others: (client, count) =>
      count === 1
        ? `Vous avez accordé à ${client} une autre autorisation, qui demeure. Elle se trouve sous « Les applications et ce qu’elles voient ».`
        : `Vous avez accordé à ${client} ${count} autres autorisations, qui demeurent. Elles se trouvent sous « Les applications et ce qu’elles voient ».`,
    notStopped: "Cela n’a pas fonctionné ; l’accès continue. Veuillez réessayer.",
  },
  reminders: {
    heading: "Rappels",
    explained:
      "Tous les 90 jours, nous vous demandons si ce que vous communiquez vous convient toujours ; 14 jours et un jour avant la fin d’un accès, nous vous prévenons. Jamais pendant vos heures calmes.",
    on: "Activés.",
    home: "Toujours d’accord ?",
    stillFine: "L’accès continue. Cela vous convient-il toujours ?",
    endsSoon: (day) => `prend fin le ${day}`,
    question: { still: "Cela vous convient-il toujours ?", end: "Cet accès prend bientôt fin" },
    still: (client, day) =>
      `Vous avez dit oui à ${client} le ${day}, et l’accès continue. Gardez-le tel quel, ou choisissez plus bas : avancer la fin, mettre en pause ou arrêter.`,
    paused: (client, day) =>
      `Vous avez dit oui à ${client} le ${day}. L’accès est en pause : rien ne passe par cette autorisation. Gardez-le tel quel, ou choisissez plus bas : le reprendre ou l’arrêter.`,
    end: (client, day) =>
      `L’accès prend fin de lui-même le ${day}, sans que vous ayez rien à faire. Pour continuer plus longtemps, ${client} devra vous le redemander.`,
    keep: "Garder tel quel",
    kept: "Gardé tel quel.",
  },
  already: {
    heading: (client) => `${client} voit déjà ces données`,
    active: (title, said, ends) =>
      `${title} : vous avez dit oui le ${said}, jusqu’au ${ends}, par une autre autorisation.`,
    paused: (title, said, ends) =>
      `${title} : vous avez dit oui le ${said}, jusqu’au ${ends}, par une autre autorisation. Vous l’avez mise en pause.`,
    beside:
      "Si vous acceptez, celle-ci s’y ajoute. Si vous refusez, l’autre reste comme elle est. Vous pouvez arrêter chacune séparément.",
  },
  dashboard: {
    search: "Chercher",
    searchHint: "Une application, un type de données ou une source",
    filters: {
      all: "Tous",
      active: "Actifs",
      paused: "En pause",
      expired: "Terminés",
      withdrawn: "Arrêtés par vous",
      refused: "Refusés",
    },
    count: (count) => (count <= 1 ? `${count} accès affiché.` : `${count} accès affichés.`),
    notFound: (sought) => `Rien ici ne correspond à « ${sought} ».`,
    none: {
      all: "Aucune application ne voit quoi que ce soit sur vous.",
      active: "Aucune application ne voit quoi que ce soit sur vous.",
      paused: "Rien n’est en pause.",
      expired: "Rien ne s’est terminé de soi-même.",
      withdrawn: "Vous n’avez rien arrêté.",
      refused: "Vous n’avez rien refusé.",
    },
    more: (left) => `Afficher la suite (${left})`,
  },
  life: {
    active: {
      heading: "Pas pour l’instant ?",
      explained: (client) =>
        `Mettez l’accès en pause : ${client} ne reçoit rien jusqu’à ce que vous le repreniez. L’application apprend qu’il faut réessayer plus tard, sans savoir pourquoi. La date de fin reste la même.`,
      offer: "Mettre en pause",
      done: (client) => `L’accès de ${client} a repris.`,
    },
    paused: {
      heading: "En pause",
      explained: (client) =>
        `Reprenez l’accès : ${client} verra de nouveau ce que vous avez autorisé, et rien de plus. D’ici là, rien ne lui parvient par cette autorisation.`,
      offer: "Reprendre l’accès",
      done: (client) => `C’est en pause. ${client} ne reçoit rien jusqu’à ce que vous repreniez l’accès.`,
    },
    end: {
      heading: "Y mettre fin plus tôt ?",
      offer: "Avancer la date de fin",
      choose: "À partir de maintenant, pour",
      until: (day) =>
        `L’accès prendra alors fin le ${day}. Pour le prolonger de nouveau, l’application devra vous le redemander.`,
      keep: "Ne rien changer",
      confirm: "Avancer la fin",
      done: (day) => `L’accès prend maintenant fin le ${day}.`,
    },
    history: {
      heading: "Ce qui s’est passé",
      what: {
        asked: (client) => `${client} a fait la demande.`,
        approved: () => "Vous avez dit oui.",
        fetched: (client) => `${client} a pris son accès.`,
        paused: () => "Vous l’avez mis en pause.",
        resumed: () => "Vous avez repris l’accès.",
        shortened: () => "Vous avez raccourci l’accès.",
        reminded: () => "Un rappel vous a été envoyé.",
        kept: () => "Vous avez confirmé que cela vous convient toujours.",
        change_asked: (client) => `${client} a demandé un changement.`,
        changed: () => "Vous avez accepté le changement.",
        change_refused: () => "Vous avez refusé le changement.",
        change_over: () => "Le changement est resté sans réponse.",
        given_back: (client) => `${client} a rendu son accès.`,
        cut_off: () => "Cet accès a été coupé, car il a servi deux fois. Votre autorisation est restée.",
        withdrawn: () => "Vous l’avez arrêté.",
        released: (client) => `${client} a rendu l’autorisation.`,
        expired: () => "L’accès a pris fin de lui-même.",
        lapsed: (client) => `${client} ne s’en est jamais servi, et l’accès a pris fin.`,
        declined: () => "Vous avez dit non.",
        not_me: () => "Cela ne venait pas de vous.",
        unanswered: () => "La demande est restée sans réponse.",
        wrong_number: () => "Un mauvais nombre a été entré trois fois.",
      },
    },
    contact: {
      ask: (client) => `Pour que ${client} supprime ce qui s’y trouve encore, adressez-vous ici :`,
      none: (client) => `${client} ne nous a donné aucune adresse. Cherchez dans l’application comment les joindre.`,
      site: (host) => `Son site, ${host}`,
      policy: "Sa politique de confidentialité",
    },
    pausedDay: (day, clock) => `Vous l’avez mis en pause à ${clock}, le ${day}.`,
    notDone: "Cela n’a pas fonctionné ; rien n’a changé. Veuillez réessayer.",
  },
  code: {
    sourceHeading: "Ajouter une source",
    places: "Choisissez l’endroit",
    placesHint:
      "Il s’ouvre dans votre navigateur. Connectez-vous là-bas comme d’habitude, et reliez-y ce portefeuille.",
    placeConnected: "Une de vos sources",
    otherWay: "Ou plutôt avec un code",
    otherHow:
      "Certains endroits demandent un code de votre portefeuille. Ils peuvent aussi être reliés sur un autre appareil.",
    sourceHow:
      "Ouvrez la page de l’endroit qui conserve vos données. Là où un code de votre portefeuille est demandé, entrez celui-ci.",
    showCode: "Afficher un code",
    appHeading: "Relier une application",
    appHow:
      "Ouvrez l’application. Là où un code de votre portefeuille est demandé, entrez celui-ci. La demande apparaîtra ensuite ici.",
    never:
      "Entrez-le toujours vous-même. Personne n’a jamais besoin de l’entendre : ni au téléphone, ni par courriel, ni par clavardage.",
    yours: "Votre code",
    spelled: (code) => `Votre code : ${code}`,
    copy: "Copier le code",
    copied: "Copié",
    once: "Il sert une seule fois.",
    over: "Ce code n’est plus valide.",
    another: "Obtenir un nouveau code",
    arrivedHeading: "Votre source est ici",
    arrived: (source) => `${source} fait maintenant partie de vos sources.`,
    backToRequest: "Retour à la demande",
    asksNow: (client) => `${client} vous fait une demande.`,
    look: "Voir la demande",
    waitingSource: "Cette page remarque d’elle-même l’arrivée de votre source.",
    waitingApp: "Cette page remarque d’elle-même la demande de l’application.",
  },
  again: {
    kept: "Ce que vous aviez choisi est toujours là. Vérifiez-le, puis répondez.",
    changed:
      "Quelque chose a changé depuis votre choix, qui n’a donc pas été gardé. Choisissez à nouveau avant de répondre.",
  },
  muted: {
    until: {
      not_me: (client, when) =>
        `Vous avez mis ${client} en sourdine jusqu’${when}, car vous avez dit que sa demande ne venait pas de vous. Même avec un code d’ici, cette application ne peut rien vous demander.`,
      declines: (client, when) =>
        `Vous avez dit non trois fois à ${client}, qui ne peut donc rien vous demander de sa propre initiative jusqu’${when}. Avec un code d’ici, c’est possible.`,
    },
    when: (day, clock) => `au ${day} à ${clock}`,
    still: (client) => `Ce que vous aviez déjà permis à ${client} demeure`,
    lift: "La laisser demander à nouveau",
    liftFor: (client) => `La laisser demander à nouveau : ${client}`,
    lifted: (client) => `${client} peut de nouveau vous demander quelque chose. Recommencez dans l’application.`,
    failed: "Cela n’a pas fonctionné ; l’application est toujours en sourdine. Veuillez réessayer.",
  },
  settings: {
    heading: "Paramètres",
    nameHeading: "Nom de portefeuille",
    nameExplained:
      "Avec un nom de portefeuille, une application peut vous joindre sans code : vous entrez ce nom dans l’application. Toute personne qui le connaît peut vous envoyer une demande ; choisissez-en donc un qui soit difficile à deviner. Tant qu’il est désactivé, personne ne le peut.",
    nameOn: (name) => `Activé. Votre nom de portefeuille est ${name}.`,
    nameHint: "De 3 à 30 lettres minuscules ou chiffres, séparés au besoin par des points ou des tirets.",
    nameInvalid: "Ce nom ne convient pas. Utilisez de 3 à 30 lettres minuscules ou chiffres.",
    nameTaken: "Ce nom ne peut pas être utilisé. Veuillez en essayer un autre.",
    codeHeading: "Code de votre nom de portefeuille",
    codeExplained:
      "Si vous le voulez, une application qui utilise votre nom de portefeuille doit aussi fournir un code de votre choix. Sans ce code, sa demande ne vous parvient pas. Le code lui permet seulement de demander : c’est encore vous qui décidez ici.",
    codeOn: "Activé. Une demande par votre nom de portefeuille exige votre code.",
    codeHint:
      "De 4 à 32 lettres, chiffres ou signes, sans espaces. Il ne s’affichera plus. N’utilisez aucun de vos mots de passe.",
    codeInvalid: "Ce code ne convient pas. Utilisez de 4 à 32 lettres, chiffres ou signes, sans espaces.",
    quietHeading: "Heures calmes",
    quietExplained:
      "Durant ces heures, une demande qui ne vient pas de vous ne sonne pas. Elle vous attend ici tant qu’elle est valide. Une demande qui vient de vous sonne quand même.",
    quietFrom: "De",
    quietTo: "À",
    quietZone: (place) => `Selon l’heure locale (${place}).`,
    quietOn: (from, to, place) => `Activé : de ${from} à ${to}, selon l’heure locale (${place}).`,
    quietInvalid: "Choisissez deux heures différentes.",
    ringHeading: "Faire sonner ce navigateur",
    ringExplained:
      "Ce navigateur vous avertit quand une demande attend, même si votre portefeuille est fermé. Le message ne dit jamais qui demande ni pourquoi : vous le voyez seulement ici. La déconnexion le désactive.",
    ringOn: "Activé. Ce navigateur sonne quand une demande attend.",
    ringDenied:
      "Ce navigateur n’a pas la permission de sonner. Vous pouvez autoriser les notifications de votre portefeuille dans les réglages du navigateur. Vos demandes vous attendent ici de toute façon.",
    ringImpossible:
      "Ce navigateur ne peut pas sonner. Sur un iPhone ou un iPad, ajoutez votre portefeuille à l’écran d’accueil et ouvrez-le de là. Vos demandes vous attendent ici de toute façon.",
    ringFailed:
      "Cela n’a pas fonctionné. Une fenêtre privée ne peut pas sonner, pas plus qu’un navigateur qui ne joint pas le service de notifications de son éditeur. Réessayez dans une fenêtre ordinaire, ou plus tard.",
    off: "Désactivé.",
    switchOn: "Activer",
    switchOff: "Désactiver",
    switchOnThis: (what) => `Activer : ${what}`,
    switchOffThis: (what) => `Désactiver : ${what}`,
    leaveHeading: (name) => `Session ouverte : ${name}`,
    leaveHint:
      "Les applications que vous avez autorisées continuent de fonctionner. Les demandes attendent votre prochaine connexion.",
    signOut: "Me déconnecter",
    notSaved: "Cela n’a pas fonctionné. Veuillez réessayer.",
  },
  own: {
    thisOne: "En usage ici",
    rename: "Renommer",
    renameThis: (name) => `Renommer ${name}`,
    name: "Nouveau nom",
    save: "Enregistrer",
    notNow: "Laisser tel quel",
    remove: "Retirer",
    removeThis: (name) => `Retirer ${name}`,
    keep: "Garder",
    confirm: "Oui, retirer",
    working: "Retrait en cours…",
  },
  passkeys: {
    heading: "Clés d’accès",
    hint: "Vos façons de vous connecter ici : les voir, les nommer, en ajouter, en retirer.",
    explained:
      "Toute personne qui a l’une de ces clés, et qui peut la déverrouiller, peut se connecter à votre place. Gardez-en deux, pour ne pas rester à la porte si vous en perdez une.",
    unnamed: "Clé d’accès",
    made: (day) => `Créée le ${day}`,
    used: (when) => `Dernière utilisation : ${when}`,
    neverUsed: "Pas encore utilisée",
    synced: "Conservée sur plusieurs appareils par le compte qui l’enregistre",
    onOne: "Sur un seul appareil",
    onlyOne: "C’est votre seule clé d’accès ; elle ne peut donc pas être retirée. Ajoutez-en d’abord une autre.",
    add: "Ajouter une autre clé d’accès",
    addHow:
      "Sur cet appareil, sur un téléphone ou une tablette à proximité, ou sur une clé de sécurité. Vous confirmez d’abord avec une clé d’accès que vous avez, puis vous créez la nouvelle.",
    confirmFirst: "Confirmer avec une clé d’accès",
    confirmedNow: "Confirmé. Créez maintenant la nouvelle. Votre navigateur vous demande où.",
    makeNew: "Créer la nouvelle clé d’accès",
    added: "Ajoutée. Vous pouvez désormais vous connecter avec elle.",
    otherDevice: "Autre appareil",
    hasOne: "Cet appareil a déjà une de vos clés d’accès.",
    removeHeading: (name) => `Retirer la clé d’accès « ${name} » ?`,
    removeStops:
      "Plus personne ne peut se connecter avec elle, et toute session ouverte avec elle prend fin en quelques secondes.",
    removeHere: "Vous l’utilisez ici : la session de ce navigateur prend fin aussi.",
    removeConfirm: "Vous confirmez avec une clé d’accès.",
    removed: "Retirée. Elle n’ouvre plus rien.",
    notRemoved:
      "Rien n’a été retiré : la clé d’accès n’a pas servi, ou la plateforme n’a pas répondu. Veuillez réessayer.",
  },
  devices: {
    heading: "Appareils qui sonnent",
    hint: "Les téléphones et navigateurs qui vous avertissent, et vos sessions ouvertes.",
    explained:
      "Chacun de ces appareils vous avertit quand quelque chose vous attend, sans dire quoi. Vous le voyez et y répondez ici, qu’un appareil sonne ou non.",
    none: "Aucun appareil ne sonne encore pour vous. Vos demandes vous attendent ici de toute façon.",
    addHow:
      "Pour en ajouter un : dans chaque navigateur, activez « Faire sonner ce navigateur ». Un téléphone s’ajoute quand vous vous y connectez à Navigator.",
    toSwitch: "Aller à « Faire sonner ce navigateur »",
    unnamed: { APNS: "Navigator, iPhone ou iPad", FCM: "Navigator sur Android", WEB: "Un navigateur" },
    added: (day) => `Ajouté le ${day}`,
    seen: (when) => `Dernière ouverture : ${when}`,
    neverRang: "N’a pas encore sonné",
    rang: {
      delivered: (when) => `A sonné pour la dernière fois : ${when}`,
      refused: (when) => `N’a pas sonné (${when}) : son service a refusé le message`,
      failed: (when) => `N’a pas sonné (${when}) : son service n’a pas répondu. Nous réessayons.`,
    },
    removeHeading: (name) => `Retirer « ${name} » ?`,
    removeStops: "Il ne sonne plus.",
    removeOut:
      "Toute session ouverte sur cet appareil prend fin en quelques secondes. Il ne revient que si vous vous y connectez.",
    removeHere: "Votre session reste ouverte ici. Vous pouvez réactiver la sonnerie dans les paramètres.",
    removed: "Retiré. Il ne sonne plus.",
    notRemoved: "Cela n’a pas fonctionné ; rien n’a été retiré. Veuillez réessayer.",
  },
  recovery: {
    heading: "Code de récupération",
    hint: "Le chemin du retour si vous perdez toutes vos clés d’accès.",
    explained:
      "Un code sur papier. Si vous perdez toutes vos clés d’accès, il vous ramène à votre portefeuille : après trois jours, pendant lesquels tous vos appareils en sont avertis, pour que personne ne s’en serve à votre insu.",
    none: "Vous n’avez pas encore de code de récupération.",
    madeOn: (day) => `Vous avez un code de récupération, créé le ${day}. Il ne peut plus s’afficher.`,
    make: "Créer un code de récupération",
    makeNew: "En créer un nouveau",
    makeNewHint: "Le code que vous avez maintenant cesse de fonctionner.",
    how: "Vous confirmez avec une clé d’accès. Le code s’affiche ensuite une seule fois.",
    notMade:
      "Aucun code n’a été créé : la clé d’accès n’a pas servi, ou la plateforme n’a pas répondu. Veuillez réessayer.",
    once: "Imprimez-le ou notez-le. Il ne s’affichera plus.",
    yours: "Votre code de récupération",
    print: "Imprimer",
    keep: "Gardez-le avec vos papiers importants, et non avec votre téléphone. Personne n’a jamais besoin de l’entendre ni de le voir : ni au téléphone, ni par courriel, ni par clavardage.",
    use: (address) =>
      `Si vous perdez toutes vos clés d’accès, ouvrez ${address} et choisissez « J’ai perdu ma clé d’accès ».`,
    printed: (day) => `Créé le ${day}`,
    kept: "Je l’ai sur papier",
    reminder: "Et si vous perdez votre téléphone ?",
    reminderText:
      "Imprimez dès maintenant un code de récupération. Sans lui, perdre toutes vos clés d’accès, c’est perdre ce portefeuille.",
    notNow: "Pas maintenant",
    lost: "J’ai perdu ma clé d’accès",
    lostHint: "Avec votre code de récupération",
    continueHint: "Vous avez demandé à retrouver votre portefeuille",
    askHeading: "Retrouver votre portefeuille",
    askHow:
      "Si un autre de vos appareils a une clé d’accès, utilisez-le : c’est plus rapide. Sinon, entrez le code de récupération que vous avez imprimé.",
    code: "Code de récupération",
    codeHint: "32 lettres et chiffres. Les tirets et les majuscules n’ont pas d’importance.",
    ask: "Continuer",
    wrong: "Ce code ne fonctionne pas. Vérifiez chaque groupe, ou si vous en avez créé un plus récent.",
    tooMany: "Trop d’essais. Veuillez attendre une heure.",
    waitHeading: "Maintenant, il faut attendre",
    waitText: (day, clock) => `Vous pourrez créer une nouvelle clé d’accès à partir de ${clock}, le ${day}.`,
    waitWhy:
      "D’ici là, chacun de vos appareils est averti que quelqu’un demande à retrouver ce portefeuille, et chacun peut l’arrêter. Cela vous protège si quelqu’un d’autre a trouvé votre code.",
    waitHere: "Revenez à cette page, dans ce navigateur : lui seul peut continuer.",
    openHeading: "Vous pouvez rentrer",
    openText: (day) => `Créez une nouvelle clé d’accès sur cet appareil. C’est possible jusqu’au ${day}.`,
    openNext:
      "Vos anciennes clés d’accès s’affichent ensuite, pour que vous puissiez retirer celles que vous avez perdues.",
    makePasskey: "Créer une nouvelle clé d’accès",
    overHeading: "C’est terminé",
    overText:
      "La récupération a été arrêtée sur l’un de vos appareils, recommencée dans un autre navigateur, ou son délai est écoulé. Si vous avez encore un code valable, vous pouvez recommencer.",
    again: "Recommencer",
    back: "Retour à la connexion",
    alarm: "Quelqu’un demande à entrer dans votre portefeuille",
    alarmText: (asked, opens) =>
      `Votre code de récupération a été présenté : ${asked}. Si rien ne l’arrête, cette personne pourra créer sa propre clé d’accès à partir de : ${opens}. Si c’est vous, il n’y a rien à faire.`,
    alarmOpen: (asked) =>
      `Votre code de récupération a été présenté : ${asked}. Cette personne peut maintenant créer sa propre clé d’accès. Si ce n’est pas vous, arrêtez-la.`,
    stop: "Ce n’est pas moi : arrêter",
    stopping: "Arrêt en cours…",
    notStopped: "Cela n’a pas fonctionné ; la demande suit son cours. Veuillez réessayer.",
    stopped: "Arrêté. Votre code de récupération ne fonctionne plus.",
    stoppedNext: "Créer un nouveau code de récupération",
  },
  sessions: {
    heading: "Vos sessions ouvertes",
    explained:
      "Une session dure une demi-journée. L’une d’elles est restée ouverte sur un ordinateur partagé ? Fermez-la ici : elle prend fin en quelques secondes. Rien d’autre ne change.",
    unnamed: "Un navigateur ou une application qui ne dit pas son nom",
    began: (when) => `Session ouverte ${when}`,
    end: "Fermer la session",
    endThis: (name, when) => `Fermer la session de ${name}, ouverte ${when}`,
    ended: (name) => `Session fermée : ${name}.`,
    notEnded: "Aucune session n’a été fermée. Veuillez réessayer.",
    unknown: "La liste de vos sessions n’est pas disponible pour le moment.",
    notYours:
      "L’une d’elles ne vous dit rien ? Fermez-la, puis vérifiez vos clés d’accès et retirez celles qui ne sont pas à vous.",
    signOut: "Fermer toutes les autres sessions",
    done: "C’est fait. Votre session n’est ouverte qu’ici.",
  },
  ring: {
    r: "Une demande vous attend. Ouvrez votre portefeuille pour la voir.",
    n: "Vous avez quelque chose à regarder. Ouvrez votre portefeuille pour le voir.",
    c: "Une demande est close. Vous n’avez plus rien à faire.",
  },
  phone: {
    title: "Le téléphone de June",
    notifications: "Notifications",
    alert: "Une demande vous attend. Ouvrez Navigator pour la voir.",
    look: "Vous avez quelque chose à regarder. Ouvrez Navigator pour le voir.",
    now: "maintenant",
    none: "Aucune notification",
    open: "Ouvrir Navigator",
    toLockScreen: "Aller à l’écran de verrouillage",
    caption:
      "Le téléphone de June, tel que cette démonstration le montre. Ce que son vrai téléphone recevrait arrive ici.",
    inside: "Navigator sur le téléphone de June",
  },
};
