package register

import "slices"

//go:generate go run ./regeltabell ../../frontend/src/shared/api

// Regel is a rule that something is refused by: a stable id in kebab case, the
// Swedish words of the refusal and what its reader can do. Nobody outside this file
// can make one, so no refusal has an id or words that the catalogue lacks.
type Regel struct{ id, ord, atgard string }

// String is the id, as «redan-oppen»: what the wire calls regel, and the last part of type.
func (r Regel) String() string { return r.id }

// Ord is what a user is told, where the place of the refusal has no words of its own.
func (r Regel) Ord() string { return r.ord }

// Atgard is what whoever was refused can do about it.
func (r Regel) Atgard() string { return r.atgard }

// Regler is the whole catalogue, in the order below.
func Regler() []Regel { return slices.Clone(regelkatalog) }

// RegelMed is the rule with the id; false when there is none.
func RegelMed(id string) (Regel, bool) {
	i := slices.IndexFunc(regelkatalog, func(r Regel) bool { return r.id == id })
	if i < 0 {
		return Regel{}, false
	}
	return regelkatalog[i], true
}

var regelkatalog []Regel

func nyRegel(id, ord, atgard string) Regel {
	r := Regel{id, ord, atgard}
	regelkatalog = append(regelkatalog, r)
	return r
}

// What any use case may be refused by.
var (
	RegelSaknas = nyRegel("saknas", "Det du söker finns inte, eller ingår inte i ditt uppdrag.",
		"Kontrollera adressen. Gäller det en insats eller en deltagare, kontrollera att uppdraget finns i dag.")
	RegelBehorighetSaknas = nyRegel("behorighet-saknas", "Din behörighet omfattar inte detta.",
		"Välj något som behörigheten omfattar, eller vänd dig till den som beställer behörigheter hos dig.")
	RegelForaldrad = nyRegel("foraldrad", "Uppgifterna har ändrats sedan du läste dem, av någon annan eller av dig själv om svaret inte kom fram. Läs dem igen och gör om ändringen om den behövs.",
		"Läs uppgifterna igen och sänd deras ETag som If-Match med ändringen.")
	RegelOtillganglig = nyRegel("otillganglig", "Tjänsten är tillfälligt otillgänglig. Försök igen om en stund.",
		"Försök igen efter så lång tid som Retry-After säger, med samma Idempotency-Key.")
	RegelLoggOforseglad = nyRegel("logg-oforseglad", "Loggen har inte kunnat förseglas på en kvart. Tjänsten räknas inte som redo förrän den är det.",
		"Se i serverns egen logg varför loggen inte går att försegla.")
	RegelInterntFel = nyRegel("internt-fel", "Något gick fel hos oss. Försök igen.",
		"Försök igen. Kvarstår felet, anmäl tidpunkten och adressen.")
	RegelInteDemo = nyRegel("inte-demo", "Det här går bara i en demo.", "Använd det bara i en demo.")
)

// What a field of any form may be refused by.
var (
	RegelObligatoriskt  = nyRegel("obligatoriskt", "Fältet måste fyllas i.", "Fyll i fältet.")
	RegelForKort        = nyRegel("for-kort", "Texten är för kort.", "Skriv minst så många tecken som felet säger.")
	RegelForLangt       = nyRegel("for-langt", "Texten är för lång.", "Korta texten till så många tecken som felet säger.")
	RegelOgiltigtTecken = nyRegel("ogiltigt-tecken", "Texten innehåller tecken som inte får användas.", "Ta bort styrtecken och andra osynliga tecken.")
	RegelOsynligtTecken = nyRegel("osynligt-tecken", "Texten innehåller tecken som inte syns eller som vänder skrivriktningen. De följer lätt med när text klistras in.",
		"Skriv texten för hand i stället för att klistra in den.")
	RegelPersonnummerIText = nyRegel("innehaller-personnummer", "Texten ser ut att innehålla ett personnummer. Ta bort det.",
		"Skriv texten utan personnummer: den raderas inte när ett samtycke återkallas.")
	RegelDubblett       = nyRegel("dubblett", "Värdet finns redan i listan.", "Ta bort det som står mer än en gång.")
	RegelOkandKod       = nyRegel("okand-kod", "Värdet finns inte bland dem som kan väljas.", "Välj en kod som kodverket har den dag uppgiften gäller.")
	RegelUtanforGranser = nyRegel("utanfor-granser", "Talet är utanför de gränser som gäller.", "Skriv ett heltal inom de gränser som felet säger.")
	RegelForLitet       = nyRegel("for-litet", "Talet är för litet.", "Skriv ett tal som är lägst det som felet säger.")
	RegelForStort       = nyRegel("for-stort", "Talet är för stort.", "Skriv ett tal som är högst det som felet säger.")
	RegelForFa          = nyRegel("for-fa", "Listan är för kort.", "Ange minst så många som felet säger.")
	RegelForManga       = nyRegel("for-manga", "Listan är för lång.", "Ange högst så många som felet säger.")
	RegelSlutForeStart  = nyRegel("slut-fore-start", "Till och med får inte vara före från och med.", "Rätta någon av de två dagarna.")
	RegelOforanderlig   = nyRegel("oforanderlig", "Uppgiften kan inte ändras.", "Sänd uppgiften som den är.")
	RegelEpostFormat    = nyRegel("epost-format", "Skriv e-postadressen som namn@exempel.se.", "Rätta e-postadressen.")
	RegelTelefonFormat  = nyRegel("telefon-format", "Skriv telefonnumret med siffror, mellanslag, bindestreck och eventuellt inledande plustecken.",
		"Rätta telefonnumret.")
	RegelMobilFormat      = nyRegel("mobil-format", "Skriv mobilnumret med landsnummer, till exempel +46701740605.", "Rätta mobilnumret.")
	RegelPostnummerFormat = nyRegel("postnummer-format", "Skriv postnumret med fem siffror.", "Rätta postnumret.")
)

// What a personnummer may be refused by.
var (
	RegelPersonnummerFormat         = nyRegel("personnummer-format", "Skriv personnumret med tolv siffror: ååååmmddnnnn.", "Skriv personnumret som det står i folkbokföringen.")
	RegelPersonnummerDatum          = nyRegel("personnummer-datum", "Personnumret börjar inte med ett riktigt datum.", "Kontrollera personnumrets åtta första siffror.")
	RegelPersonnummerLopnummer      = nyRegel("personnummer-lopnummer", "Födelsenumret 000 finns inte.", "Kontrollera personnumrets fyra sista siffror.")
	RegelPersonnummerKontrollsiffra = nyRegel("personnummer-kontrollsiffra", "Kontrollsiffran i personnumret stämmer inte.", "Kontrollera hela personnumret.")
	RegelPersonnummerFramtid        = nyRegel("personnummer-framtid", "Personnumret har ett födelsedatum som inte har varit än.", "Kontrollera personnumrets åtta första siffror.")
	RegelPersonnummerOkant          = nyRegel("personnummer-okant", "Personnumret finns inte i folkbokföringen.", "Kontrollera personnumret med deltagaren.")
	RegelPersonnummerErsatt         = nyRegel("personnummer-ersatt", "Personnumret har ersatts av ett annat. Använd personens nya nummer.", "Be deltagaren om det nya personnumret.")
	RegelPersonnummerAvregistrerat  = nyRegel("personnummer-avregistrerat", "Personen är avregistrerad från folkbokföringen.", "Personen kan inte registreras.")
	RegelSkyddadePersonuppgifter    = nyRegel("skyddade-personuppgifter", "Personen kan inte registreras med personuppgifter. Registrera personen som anonym deltagare i stället.", "Registrera personen som anonym deltagare.")
	RegelUppslagForManga            = nyRegel("uppslag-for-manga", "Du har slagit upp för många personer i folkbokföringen den senaste timmen. Vänta en stund och försök igen.",
		"Försök igen efter så lång tid som Retry-After säger. Slå bara upp den som ska registreras.")
	RegelFolkbokforingOtillganglig = nyRegel("folkbokforing-otillganglig", "Folkbokföringen svarar inte just nu. Försök igen om en stund.",
		"Försök igen efter så lång tid som Retry-After säger. Inget har sparats.")
)

// What a samtycke or a deltagande may be refused by.
var (
	RegelSamtyckeFramtid            = nyRegel("samtycke-framtid", "Samtycket är daterat efter dagens datum.", "Kontrollera samtyckets datum.")
	RegelSamtyckeAnvant             = nyRegel("samtycke-anvant", "Samtycket har redan använts. Varje deltagande behöver ett eget samtycke.", "Registrera ett nytt samtycke.")
	RegelSamtyckeVantar             = nyRegel("samtycke-vantar", "Personen har redan ett samtycke i insatsen som väntar på en inregistrering.", "Använd samtycket som väntar: Location leder till det. Rätta eller återkalla det om det är fel.")
	RegelAterkallat                 = nyRegel("aterkallat", "Samtycket är återkallat. Uppgifterna kan inte längre registreras eller rättas.", "Inget mer kan göras med uppgifterna. Ett nytt deltagande kräver ett nytt samtycke.")
	RegelIdentitetRaderad           = nyRegel("identitet-raderad", "Personuppgifterna är raderade, och med dem svaret på den tidigare begäran.", "Gör inte om begäran: den är utförd. Samtycket säger varför personuppgifterna är raderade.")
	RegelInsatsInteAvslutad         = nyRegel("insats-inte-avslutad", "Insatsen pågår. Där återkallar den deltagaransvarige samtycket.", "Vänd dig till insatsens deltagaransvarige, eller vänta tills insatsen är avslutad.")
	RegelRedanAterkallat            = nyRegel("redan-aterkallat", "Samtycket är redan återkallat.", "Inget mer behöver göras.")
	RegelIdentitetBorta             = nyRegel("identitet-borta", "Deltagarens personuppgifter är borttagna. Uppgifterna kan inte längre registreras eller rättas.", "Inget mer kan göras med uppgifterna.")
	RegelInsatsEndastAntal          = nyRegel("insats-endast-antal", "Insatsen redovisar bara antal deltagare och tar inte emot enskilda registreringar.", "Registrera antalet anonyma deltagare.")
	RegelExterntIDUpptaget          = nyRegel("externt-id-upptaget", "Ditt externa id används redan.", "Sänd ett externt id som inte används.")
	RegelRedanOppen                 = nyRegel("redan-oppen", "Personen har redan ett pågående deltagande i insatsen. Skriv ut det först.", "Skriv ut det pågående deltagandet, eller rätta det.")
	RegelOverlappar                 = nyRegel("overlappar", "Perioden överlappar ett annat deltagande som personen har i insatsen. Två perioder får ha skiftesdagen gemensam, men inget mer.", "Rätta dagarna, eller rätta det andra deltagandet: Location leder till det.")
	RegelRedanAvslutat              = nyRegel("redan-avslutat", "Deltagandet är redan avslutat. En utregistrering kan rättas, men inte göras om.", "Rätta utregistreringen.")
	RegelInteAvslutat               = nyRegel("inte-avslutat", "Deltagandet är inte utskrivet, så det finns ingen utregistrering att rätta.", "Skriv ut deltagaren först.")
	RegelRedanFelregistrerat        = nyRegel("redan-felregistrerat", "Deltagandet är redan felregistrerat. Det kan bara rättas till en annan avslutsanledning.", "Rätta utregistreringens avslutsanledning.")
	RegelFelregistreringLast        = nyRegel("felregistrering-last", "Tiden för att rätta felregistreringen har gått ut.", "Registrera deltagandet på nytt.")
	RegelFramtidaDag                = nyRegel("framtida-dag", "Dagen får inte vara efter dagens datum.", "Skriv dagens datum eller en tidigare dag.")
	RegelUtanforOrganisationen      = nyRegel("utanfor-organisationen", "Dagen ligger utanför samverkansorganisationens tid.", "Välj en dag inom samverkansorganisationens tid.")
	RegelUtanforInsatsen            = nyRegel("utanfor-insatsen", "Dagen ligger utanför insatsens tid.", "Välj en dag inom insatsens tid.")
	RegelEfterSistaRegistreringsdag = nyRegel("efter-sista-registreringsdag", "Startdagen är efter samverkansformens sista registreringsdag.", "Välj en tidigare dag.")
	RegelForeFodelsen               = nyRegel("fore-fodelsen", "Startdagen är före deltagarens födelse.", "Kontrollera dagen och personnumret.")
	RegelStartdagEfterAvslutning    = nyRegel("startdag-efter-avslutning", "Startdagen får inte vara efter avslutningsdagen.", "Rätta någon av de två dagarna.")
	RegelAvslutningForeStart        = nyRegel("avslutning-fore-start", "Avslutningsdagen får inte vara före startdagen.", "Rätta någon av de två dagarna.")
	RegelEfterUtanMatning           = nyRegel("efter-utan-matning", "Uppgifter efter insatsen lämnas inte med den avslutsanledningen.", "Ta bort uppgifterna efter, eller välj en annan avslutsanledning.")
	RegelEndastAterkallelse         = nyRegel("endast-aterkallelse", "Avslutsanledningen sätts bara när ett samtycke återkallas. Återkalla samtycket i stället: då avslutas deltagandet och personuppgifterna raderas.", "Återkalla samtycket: i webben med «Återkalla samtycke» på deltagandet, i API:t med POST /samtycken/{samtyckeId}/aterkallelser. Ska personuppgifterna vara kvar, välj en annan avslutsanledning.")
	RegelForsorjningUtesluter       = nyRegel("forsorjning-utesluter", "Försörjningen kan inte väljas tillsammans med annan försörjning.", "Välj den ensam, eller ta bort den.")
	RegelForsorjningUtanPlats       = nyRegel("forsorjning-utan-plats", "Försörjningen har ingen egen plats i statistiken.", "Ge koden en ledig plats (bit 0–30): samma för alla kodens rader, och ingen annan kods.")
	RegelBaraMedJa                  = nyRegel("bara-med-ja", "Uppgiften lämnas bara när svaret är ja.", "Ta bort uppgiften, eller svara ja.")
	RegelStadsdelUtanfor            = nyRegel("stadsdel-utanfor", "Stadsdelen hör inte till kommunen.", "Välj en stadsdel i kommunen.")
	RegelSokordSaknas               = nyRegel("sokord-saknas", "Skriv en del av namnet, eller hela personnumret.", "Skriv minst två bokstäver av namnet, eller personnumret.")
	RegelFramtidaAr                 = nyRegel("framtida-ar", "Inregistreringsåret får inte vara efter innevarande år.", "Välj innevarande år eller ett tidigare.")
	RegelIngetAntal                 = nyRegel("inget-antal", "Ange minst en kvinna eller en man.", "Skriv ett antal som är större än noll.")
)

// What a kompletterande fråga, or an answer to one, may be refused by.
var (
	RegelFragaFinns      = nyRegel("fraga-finns", "Det finns redan en fråga med det namnet under den tiden.", "Välj ett annat namn, eller en annan tid.")
	RegelFragaBesvarad   = nyRegel("fraga-besvarad", "Frågan har besvarats och kan inte skrivas om. Den kan bara stängas.", "Stäng frågan och lägg upp en ny. Bara till och med får ändras, tidigast till den dag frågan senast besvarades.")
	RegelFragorForManga  = nyRegel("fragor-for-manga", "Högst 50 frågor kan gälla samtidigt.", "Stäng en fråga först, eller välj en annan tid.")
	RegelFelSvarstyp     = nyRegel("fel-svarstyp", "Uppgiften hör till en annan svarstyp.", "Ange bara det som frågans svarstyp tar.")
	RegelFragaStallsInte = nyRegel("fraga-stalls-inte", "Frågan ställs inte vid den mätningen den dagen.", "Ta bort svaret, eller läs vilka frågor som ställs den dagen.")
	RegelFragaAndrad     = nyRegel("fraga-andrad", "Frågan har skrivits om sedan den lästes.", "Läs frågan igen och svara på den som den nu lyder.")
)

// What a change of the code lists may be refused by.
var (
	RegelKodFinns         = nyRegel("kod-finns", "Koden finns redan i kodverket.", "Ändra den kod som finns, eller välj en annan kod.")
	RegelEtikettFinns     = nyRegel("etikett-finns", "En annan kod i kodverket heter så under den tiden.", "Välj en annan text, eller en tid då ingen annan kod heter så.")
	RegelKodAnvands       = nyRegel("kod-anvands", "Koden har registrerats och det som är registrerat behåller sin betydelse.", "Ange gallerFran, i dag eller senare: texten, ordningen och betydelsen är då oförändrade för det som redan är registrerat. Välj som sista dag en dag då inget senare är registrerat.")
	RegelKodStyrande      = nyRegel("kod-styrande", "En regel i registret vilar på koden, som därför inte kan avslutas eller mista sin betydelse.", "Låt koden vara kvar, eller lägg först till en kod med samma betydelse som gäller tills vidare.")
	RegelKodverkFast      = nyRegel("kodverk-fast", "Kodverket är inbyggt i registret och kan inte ändras.", "Välj ett annat kodverk. Kodverket SAMVERKANSFORM, ARBETSTYP och TID_I_FORSORJNING ändras bara med en ny version av registret.")
	RegelKodverkFullt     = nyRegel("kodverk-fullt", "Kodverket har inte plats för fler koder i statistiken.", "Använd en kod som finns. Ett kodverk över försörjning eller målgrupper har högst 31 koder, också de som har slutat gälla.")
	RegelForeSenasteRaden = nyRegel("fore-senaste-raden", "En ändring gäller redan från en senare dag.", "Välj en dag efter den senaste radens första dag, eller utelämna gallerFran för att rätta den raden.")
	RegelKodFormat        = nyRegel("kod-format", "Koden skrivs med A–Z, 0–9 och understreck, högst 40 tecken.", "Rätta koden. I kodverket SPRAK är den två eller tre små bokstäver, som i ISO 639.")
	RegelFelBetydelse     = nyRegel("fel-betydelse", "Betydelsen finns inte i det kodverket.", "Utelämna betydelsen. exklusiv finns bara i FORSORJNING, utanMatning och utesluts bara i AVSLUTSANLEDNING.")
	RegelFelTillhor       = nyRegel("fel-tillhor", "Värdet är inget som en kod i kodverket kan tillhöra.", "Ange inriktning för PRECISERAD_INRIKTNING, kommunkod för STADSDEL, NUMMER, DIAGNOS eller KANSLIGT för FRAGEORD, och inget för andra kodverk.")
)

// What an insats, a samverkansorganisation or a report may be refused by.
var (
	RegelInsatsLast                 = nyRegel("insats-last", "Uppgiften kan inte ändras när något har registrerats i insatsen.", "Skapa en ny insats.")
	RegelKopplingEgen               = nyRegel("koppling-egen", "En delad insats kopplas till en insats i en annan samverkansorganisation.", "Välj en insats i en annan samverkansorganisation.")
	RegelKopplingUtanTid            = nyRegel("koppling-utan-tid", "Insatserna pågår inte någon dag samtidigt.", "Välj en insats som pågår samtidigt.")
	RegelKopplingFinns              = nyRegel("koppling-finns", "Det är redan sagt att insatserna är en.", "Inget mer behöver göras här. Är det inte besvarat, be den andra samverkansorganisationen koppla sin insats.")
	RegelKopplingSaknas             = nyRegel("koppling-saknas", "Insatserna är inte kopplade.", "Det finns inget att ta tillbaka.")
	RegelFelInriktning              = nyRegel("fel-inriktning", "Den preciserade inriktningen hör till en annan inriktning.", "Välj en preciserad inriktning som hör till inriktningen.")
	RegelInteMedlem                 = nyRegel("inte-medlem", "Den som matar in måste vara en ingående organisation som är medlem.", "Välj en ingående organisation som är medlem.")
	RegelStartdatumLast             = nyRegel("startdatum-last", "Startdatum kan bara ändras av Försäkringskassan.", "Sänd startdatumet som det är, eller be Försäkringskassan ändra det.")
	RegelVerksamhetsomradeLast      = nyRegel("verksamhetsomrade-last", "Verksamhetsområdet kan bara ändras av Försäkringskassan.", "Sänd verksamhetsområdet som det är, eller be Försäkringskassan ändra det.")
	RegelManadensForsta             = nyRegel("manadens-forsta", "Dagen ska vara den första i en månad.", "Välj den första i månaden.")
	RegelGallerFranForfluten        = nyRegel("galler-fran-forfluten", "En månad som har varit rättas bara av Försäkringskassan.", "Välj innevarande månad eller en senare, eller be Försäkringskassan rätta.")
	RegelGallerFranForeStart        = nyRegel("galler-fran-fore-start", "Organisationen fanns inte den månaden.", "Välj månaden för organisationens startdatum eller en senare.")
	RegelGallerFranNy               = nyRegel("galler-fran-ny", "Det som är nytt gäller från sitt startdatum.", "Utelämna gallerFran när något nytt läggs upp.")
	RegelSlutdatumForeRegistrerat   = nyRegel("slutdatum-fore-registrerat", "Det finns något registrerat efter det nya slutdatumet.", "Välj ett senare slutdatum.")
	RegelStartdatumEfterRegistrerat = nyRegel("startdatum-efter-registrerat", "Det finns något registrerat före det nya startdatumet.", "Välj ett tidigare startdatum.")
	RegelForbundKonsument           = nyRegel("forbund-konsument", "Samordningsförbundet måste vara konsument.", "Ange samordningsförbundet som konsument.")
	RegelIngaendeOverlappar         = nyRegel("ingaende-overlappar", "Organisationen ingår redan under en del av den tiden.", "Rätta dagarna så att organisationens perioder inte överlappar varandra.")
	RegelMyndighetSaknas            = nyRegel("myndighet-saknas", "Organisationen finns inte i registret över myndigheter.", "Välj en organisation ur registret, eller be Försäkringskassan lägga upp den (POST /myndigheter).")
	RegelMyndighetFinns             = nyRegel("myndighet-finns", "Det finns redan en organisation med organisationsnumret i registret.", "Använd den som finns: Location leder till den.")
	RegelOrganisationsnummer        = nyRegel("organisationsnummer", "Organisationsnumret ska ha tio siffror och rätt kontrollsiffra.", "Kontrollera organisationsnumret.")
	RegelOrganisationsnummerFinns   = nyRegel("organisationsnummer-finns", "Det finns redan ett samordningsförbund med organisationsnumret under den tiden.", "Kontrollera organisationsnumret: Location leder till förbundet som finns. Ett som har upphört står inte i vägen från dagen efter sitt slutdatum.")
	RegelAfFkTva                    = nyRegel("af-fk-tva", "Af/FK-samarbetet har två samverkansorganisationer, och båda finns redan.", "Lägg upp arbetsförmedlingen eller kontoret som en insats i en av de två.")
	RegelAfFkMedverkan              = nyRegel("af-fk-medverkan", "I Af/FK-samarbetet har personer medverkan, inte deltaganden, och medverkan kan inte registreras än. Anonyma deltagare kan registreras.", "Välj en insats i en annan samverkansorganisation, eller registrera personen som anonym deltagare.")
	RegelBudgetar                   = nyRegel("budgetar", "Budgetåret är utanför de år som rapporten har.", "Välj ett budgetår som rapporten har.")
	RegelAnnanOrganisation          = nyRegel("annan-organisation", "Insatsen hör till en annan samverkansorganisation än den valda.", "Välj en insats i samverkansorganisationen.")
	RegelAnnanSamverkansform        = nyRegel("annan-samverkansform", "Samverkansorganisationen hör till en annan samverkansform än den valda.", "Ändra samverkansform, eller välj en annan samverkansorganisation.")
	RegelAnnatVerksamhetsomrade     = nyRegel("annat-verksamhetsomrade", "Samverkansorganisationen hör till ett annat verksamhetsområde än det valda.", "Ändra verksamhetsområde, eller välj en annan samverkansorganisation.")
	RegelAnnatLan                   = nyRegel("annat-lan", "Samverkansorganisationen hör till ett annat län än det valda.", "Ändra län, eller välj en annan samverkansorganisation.")
)

// What volym and budget of a year may be refused by.
var (
	RegelBudgetarStangt     = nyRegel("budgetar-stangt", "Budgetåret är stängt, och uppgifterna kan inte ändras.", "Be Försäkringskassan öppna budgetåret.")
	RegelInsatsRaknarInte   = nyRegel("insats-raknar-inte", "Volym anges bara i en insats som redovisar endast antal.", "Registrera deltagarna, med samtycke eller anonymt.")
	RegelBeloppForStort     = nyRegel("belopp-for-stort", "Beloppet får vara högst 10 000 000 000 kronor.", "Skriv ett mindre belopp, i hela kronor eller med två decimaler.")
	RegelBeloppNegativt     = nyRegel("belopp-negativt", "Beloppet får inte vara negativt.", "Skriv ett belopp som är noll eller större. Bara ett utfall och Eget kapital kan vara negativa.")
	RegelBudgetarOppet      = nyRegel("budgetar-oppet", "Budgetåret är öppet.", "Det finns inget att öppna.")
	RegelInteFinansiar      = nyRegel("inte-finansiar", "Organisationen är inte finansiär under året.", "Välj en ingående organisation som är finansiär under året.")
	RegelEgetKapital        = nyRegel("eget-kapital", "Samordningsförbundets egna medel är ett överskott från tidigare år och ska beskrivas som Eget kapital.", "Skriv «Eget kapital» först i beskrivningen, eller välj en annan finansiär.")
	RegelFinansiarHarPoster = nyRegel("finansiar-har-poster", "En organisation har finansieringsposter i budgeten ett år då den inte längre skulle vara finansiär.", "Låt den vara finansiär de åren, eller ta först bort dess poster ur budgeten.")

	RegelAdministrationBaraFinsam = nyRegel("administration-bara-finsam", "Administrativa kostnader anges bara av ett samordningsförbund.", "Utelämna de administrativa kostnaderna.")
	RegelOrganisationPaPost       = nyRegel("organisation-pa-post", "Organisation anges på en budgetpost bara i tvåpartsfinsam.", "Utelämna organisationen.")
)

// What users, clients and their roles may be refused by.
var (
	RegelAnvandareFinns               = nyRegel("anvandare-finns", "Det finns redan en användare med det personnumret.", "Ändra den användare som finns.")
	RegelKlientFinns                  = nyRegel("klient-finns", "Det finns redan en klient med det namnet.", "Välj ett annat namn.")
	RegelBehorighetOverlappar         = nyRegel("behorighet-overlappar", "Perioder för samma behörighet får inte överlappa varandra.", "Rätta periodernas dagar.")
	RegelBehorighetForLang            = nyRegel("behorighet-for-lang", "En behörighet gäller högst två år.", "Välj ett tidigare slut.")
	RegelForMangaBehorigheter         = nyRegel("for-manga-behorigheter", "En användare kan ha högst två olika behörigheter samma dag.", "Avsluta en behörighet först.")
	RegelBehorigheterUtesluter        = nyRegel("behorigheter-utesluter", "Samverkansadministratör och deltagaransvarig kan inte innehas samma dag.", "Avsluta den ena behörigheten först.")
	RegelUppdragUtanforOrganisationen = nyRegel("uppdrag-utanfor-organisationen", "En klient har uppdrag bara inom sin egen organisation.", "Välj klientens egen organisation, eller en av dess insatser.")
	RegelUppdragOtydligt              = nyRegel("uppdrag-otydligt", "Ett uppdrag har en innehavare, och gäller en organisation eller en insats.", "Ange en innehavare, och antingen organisation eller insats.")
	RegelUppdragFinns                 = nyRegel("uppdrag-finns", "Användaren har redan uppdraget under den tiden.", "Ändra det uppdrag som finns, eller välj en annan tid.")
	RegelUppdragAvslutat              = nyRegel("uppdrag-avslutat", "Uppdraget har redan slutat.", "Ge ett nytt uppdrag.")
	RegelMottagarenSaknarBehorighet   = nyRegel("mottagaren-saknar-behorighet", "Användaren har inte behörigheten under uppdragets tid.", "Låt beställa behörigheten, eller välj en annan tid.")
	RegelArbetsgivarenInteMedlem      = nyRegel("arbetsgivaren-inte-medlem", "Den som registrerar deltagare ska vara anställd hos en ingående organisation som är medlem.", "Välj någon som är anställd hos en medlem.")
	RegelForflutenDag                 = nyRegel("forfluten-dag", "Dagen får inte ha varit.", "Välj dagens datum eller en senare dag.")
	RegelDemoGiltighet                = nyRegel("demo-giltighet", "En demotoken gäller högst sju dygn.", "Ange en kortare giltighet.")
)

// What a log-in, a session or a token may be refused by.
var (
	RegelEjInloggad            = nyRegel("ej-inloggad", "Åtkomsttoken saknas eller gäller inte. Logga in igen.", "Logga in igen, eller förnya åtkomsttoken.")
	RegelTokenOgiltig          = nyRegel("token-ogiltig", "Inloggningen gäller inte längre. Logga in igen.", "Logga in igen.")
	RegelIngenGiltigBehorighet = nyRegel("ingen-giltig-behorighet", "Du har ingen behörighet som gäller i dag. Kontakta den som beställer behörigheter hos dig.", "Låt den som beställer behörigheter hos dig beställa en.")
	RegelInloggningFelaktig    = nyRegel("inloggning-felaktig", "Personnumret eller masterlösenordet är fel.", "Försök igen. Har du glömt masterlösenordet, be om ett nytt.")
	RegelInloggningForbrukad   = nyRegel("inloggning-forbrukad", "Inloggningen är förbrukad: koden är använd eller för gammal, eller så har fel kod angetts för många gånger. Börja om.", "Börja om med personnummer och masterlösenord.")
	RegelInloggningUpptagen    = nyRegel("inloggning-upptagen", "Många loggar in just nu. Försök igen om en stund.", "Försök igen efter så lång tid som Retry-After säger.")
	RegelKodFelaktig           = nyRegel("kod-felaktig", "Koden är fel.", "Skriv koden ur det senaste SMS:et.")
	RegelForMangaForsok        = nyRegel("for-manga-forsok", "För många försök att logga in. Vänta en stund och försök igen.", "Försök igen efter så lång tid som Retry-After säger.")
	RegelSMSOtillganglig       = nyRegel("sms-otillganglig", "Det går inte att skicka sms just nu. Försök igen om en stund.", "Försök igen efter så lång tid som Retry-After säger.")
	RegelFornyelseOgiltig      = nyRegel("fornyelse-ogiltig", "Inloggningen kan inte förnyas. Logga in igen.", "Logga in igen. Ett förnyelsetoken kan användas en gång.")
	RegelKlientOkand           = nyRegel("klient-okand", "Klientens id eller hemlighet är fel.", "Kontrollera klientens id och hemlighet.")
	RegelScopeOgiltigt         = nyRegel("scope-ogiltigt", "Klienten har inte den begärda omfattningen (scope).", "Begär bara de omfattningar som klienten har.")
	RegelOkandGrant            = nyRegel("okand-grant", "Slaget av begäran (grant_type) finns inte.", "Sänd grant_type client_credentials eller refresh_token.")
	RegelCSRF                  = nyRegel("csrf", "Begäran kommer inte från en sida i SUS. Ladda om sidan och försök igen.", "Ladda om sidan och försök igen.")
)

// What a request may be refused by before its use case is asked.
var (
	RegelOgiltigBegaran            = nyRegel("ogiltig-begaran", "Begäran går inte att tolka.", "Rätta begäran efter kontraktet, /v1/openapi.yaml.")
	RegelOgiltigaUppgifter         = nyRegel("ogiltiga-uppgifter", "Rätta de fält som pekas ut.", "Rätta varje fält som fel räknar upp.")
	RegelTrasigJSON                = nyRegel("trasig-json", "Begäran går inte att läsa som JSON.", "Sänd ett enda JSON-värde i UTF-8.")
	RegelOkantFalt                 = nyRegel("okant-falt", "Fältet finns inte.", "Ta bort fältet, eller rätta dess namn.")
	RegelOkandParameter            = nyRegel("okand-parameter", "Parametern finns inte.", "Ta bort parametern, eller rätta dess namn.")
	RegelFelTyp                    = nyRegel("fel-typ", "Uppgiften har fel typ.", "Sänd uppgiften som den typ kontraktet säger.")
	RegelFelForm                   = nyRegel("fel-form", "Uppgiften har fel form.", "Skriv uppgiften i den form kontraktet säger.")
	RegelDatumFormat               = nyRegel("datum-format", "Skriv en riktig dag som ÅÅÅÅ-MM-DD, år 1900–2100.", "Rätta dagen.")
	RegelTidFormat                 = nyRegel("tid-format", "Skriv tidpunkten enligt RFC 3339, till exempel 2026-11-24T09:40:00Z.", "Rätta tidpunkten.")
	RegelIDFormat                  = nyRegel("id-format", "Skriv ett id (UUID) med 36 tecken.", "Sänd id:t som det gavs.")
	RegelCursor                    = nyRegel("cursor", "Ta cursor ur _links.next, oförändrad.", "Följ _links.next, eller börja om från första sidan.")
	RegelSorteringOkand            = nyRegel("sortering-okand", "Listan kan inte sorteras på det fältet.", "Sortera på ett av de fält som kontraktet räknar upp.")
	RegelMetod                     = nyRegel("metod", "Metoden kan inte användas här. Allow säger vilka som kan det.", "Använd en metod som Allow räknar upp.")
	RegelMedietyp                  = nyRegel("medietyp", "Skicka uppgifterna som application/json.", "Sänd Content-Type som kontraktet säger, i UTF-8 och utan Content-Encoding.")
	RegelFormatSaknas              = nyRegel("format-saknas", "Svaret kan inte ges i det format som begärs.", "Sänd Accept med ett av de format som felet räknar upp.")
	RegelForStor                   = nyRegel("for-stor", "Begäran får vara högst 256 kB.", "Dela upp begäran, eller korta den.")
	RegelForLangAdress             = nyRegel("for-lang-adress", "Adressen får vara högst 4096 tecken.", "Korta frågedelen.")
	RegelForStoraHuvuden           = nyRegel("for-stora-huvuden", "Begäran går inte att tolka: dess huvuden är för stora.", "Sänd färre eller kortare huvuden.")
	RegelEtagSaknas                = nyRegel("etag-saknas", "Skicka ETag från senaste läsningen som If-Match.", "Läs uppgifterna och sänd deras ETag som If-Match med ändringen.")
	RegelIdempotensnyckelSaknas    = nyRegel("idempotensnyckel-saknas", "Skicka Idempotency-Key: den krävs av maskinklienter.", "Ange en egen nyckel för varje nytt ärende.")
	RegelIdempotensnyckelAnnanBody = nyRegel("idempotensnyckel-annan-kropp", "Idempotensnyckeln har redan använts för en begäran med annat innehåll.", "Använd en ny nyckel för ett nytt innehåll.")
	RegelIdempotensnyckelUtgangen  = nyRegel("idempotensnyckel-utgangen", "Idempotensnyckeln har just slutat gälla. Försök igen med en ny.", "Försök igen med en ny nyckel.")
)
