import type { Regel } from "@/shared/api/regler.gen";
import type { Problem } from "@/shared/api/typer";
import { antalMed } from "@/shared/text.logic";

/** What a person can do about a refusal on these pages, by its rule. */
const perRegel: Partial<Record<Regel, string>> = {
    "redan-oppen":
        "Välj Utregistrering för att avsluta det pågående deltagandet, eller rätta det under Mättillfälle. Ska personen börja om behövs ett nytt samtycke.",
    overlappar:
        "Kontrollera dagarna mot personens andra deltaganden i insatsen. Är det det andra som är fel, rätta det först.",
    "redan-avslutat":
        "Välj utregistreringens datum under Mättillfälle om något behöver rättas.",
    "inte-avslutat": "Välj Nyutregistrering under Mättillfälle.",
    aterkallat:
        "Uppgifterna om deltagaren är borttagna. Räkna personen som anonym om den fortsätter i insatsen.",
    "samtycke-vantar":
        "Ett samtycke räcker. Registrera personen på det som väntar, eller rätta eller återkalla det.",
    "samtycke-anvant":
        "Rätta i stället inregistreringen som bygger på samtycket.",
    "redan-aterkallat": "Det finns inget mer att göra.",
    "identitet-borta":
        "Kontakta förbundets kansli om registreringen behöver ändras.",
    "identitet-raderad":
        "Registreringen är gjord, men personuppgifterna finns inte kvar. Öppna samtycket för att se varför.",
    "skyddade-personuppgifter":
        "Gå till Registrera anonyma deltagare. Skriv inte ned något om personen i SUS.",
    "felregistrering-last":
        "Registrera deltagandet på nytt, med ett nytt samtycke, om det ska finnas.",
    "redan-felregistrerat":
        "Välj en annan avslutsanledning om deltagandet trots allt var rätt.",
    "insats-endast-antal":
        "Antalet deltagare anges av den som är insatsansvarig.",
    "af-fk-medverkan":
        "Räkna personen som anonym deltagare, eller välj en insats i ett samordningsförbund.",
    "insats-last": "Lämna fältet som det var och spara de andra ändringarna.",
    "slutdatum-fore-registrerat":
        "Välj ett datum som täcker allt som är registrerat i insatsen.",
    "startdatum-efter-registrerat":
        "Välj ett datum som täcker allt som är registrerat i insatsen.",
    foraldrad:
        "Dina svar står kvar. Jämför dem med det som är sparat nu, och spara igen om de ska gälla i stället.",
    saknas: "Kontrollera adressen. Tror du att du ska ha tillgång, be förbundets kansli koppla dig till insatsen.",
    "behorighet-saknas":
        "Be den som beställer behörigheter hos dig om du behöver kunna göra detta.",
    "folkbokforing-otillganglig": "Försök igen om några minuter.",
    "sms-otillganglig":
        "Försök igen om några minuter. Fortsätter det, kontakta Försäkringskassans support.",
    "inloggning-felaktig":
        "Kontrollera båda. Masterlösenordet kom som ett flash-sms när du fick din behörighet. Har du tappat bort det, be den som beställer behörigheter hos dig om ett nytt.",
    "kod-felaktig":
        "Kontrollera sms:et och skriv koden igen. Du har fem försök.",
    "inloggning-forbrukad":
        "Börja om med personnummer och masterlösenord, så skickas en ny kod.",
    csrf: "Svaren i formuläret finns kvar.",
    "for-stor": "Korta texterna och försök igen.",
};

/** The same, by the id that came with the problem. */
const hjalp: Record<string, string | undefined> = perRegel;

const statushjalp: Record<number, string> = {
    403: "Be den som beställer behörigheter hos dig om du behöver kunna göra detta.",
    409: "Ladda om sidan för att se hur det är nu.",
    412: "Dina svar står kvar. Jämför dem med det som är sparat nu, och spara igen om de ska gälla i stället.",
    500: "Fortsätter felet, kontakta Försäkringskassans support.",
};

/** What each part of the request is refused for, where the problem's own words do not say it. */
export function skalen(problem: Problem): string[] {
    const alla = problem.fel.map((f) => f.meddelande);
    return [...new Set(alla)].filter((m) => m !== problem.detail);
}

/** What to do; empty when the problem's own words say it. */
export function hjalpFor(problem: Problem): string {
    return hjalp[problem.regel] ?? statushjalp[problem.status] ?? "";
}

/** Worth trying again as it is: nothing was wrong with what was asked. */
export function kanProvasIgen(problem: Problem): boolean {
    return (
        problem.status === 0 || problem.status === 429 || problem.status >= 500
    );
}

/** «om 2 minuter», for a wait in seconds. */
export function vantetid(sekunder: number): string {
    if (sekunder < 90) {
        return `om ${antalMed(sekunder, "sekund", "sekunder")}`;
    }
    return `om ${Math.ceil(sekunder / 60)} minuter`;
}
