/** One dose as a source knows it; `code` is CVX (http://hl7.org/fhir/sid/cvx). */
export interface Dose {
  readonly code: string;
  readonly vaccine: string;
  readonly date: string;
  readonly lotNumber: string;
  readonly manufacturer: string;
  readonly place: string;
  readonly dose: number;
}

const school = "Riverside Public School clinic";
const campaign = "Provincial vaccination centre";

/** June's doses of the public programmes. */
export const atRegistry: readonly Dose[] = [
  {
    code: "208",
    vaccine: "COVID-19, mRNA, LNP-S, PF, 30 mcg/0.3 mL dose",
    date: "2021-06-22",
    lotNumber: "EW0191",
    manufacturer: "Pfizer-BioNTech",
    place: campaign,
    dose: 2,
  },
  {
    code: "208",
    vaccine: "COVID-19, mRNA, LNP-S, PF, 30 mcg/0.3 mL dose",
    date: "2021-05-18",
    lotNumber: "EW0182",
    manufacturer: "Pfizer-BioNTech",
    place: campaign,
    dose: 1,
  },
  {
    code: "115",
    vaccine: "Tdap",
    date: "2004-09-14",
    lotNumber: "C1873AA",
    manufacturer: "Sanofi Pasteur",
    place: school,
    dose: 1,
  },
  {
    code: "08",
    vaccine: "Hep B, adolescent or pediatric",
    date: "2002-11-06",
    lotNumber: "0961M",
    manufacturer: "Merck",
    place: school,
    dose: 2,
  },
  { code: "03", vaccine: "MMR", date: "1995-08-21", lotNumber: "0417D", manufacturer: "Merck", place: school, dose: 2 },
];

/** What her family doctor gave her; the registry never heard of it. */
export const atClinic: readonly Dose[] = [
  {
    code: "150",
    vaccine: "Influenza, injectable, quadrivalent, preservative free",
    date: "2025-10-16",
    lotNumber: "U8417AB",
    manufacturer: "Sanofi Pasteur",
    place: "Lakeside Family Clinic",
    dose: 1,
  },
  {
    code: "113",
    vaccine: "Td (adult), 5 Lf tetanus toxoid, preservative free, adsorbed",
    date: "2024-03-05",
    lotNumber: "C5824BA",
    manufacturer: "Sanofi Pasteur",
    place: "Lakeside Family Clinic",
    dose: 1,
  },
  {
    code: "104",
    vaccine: "Hep A-Hep B",
    date: "2019-01-29",
    lotNumber: "AHABB297BB",
    manufacturer: "GlaxoSmithKline",
    place: "Lakeside Family Clinic",
    dose: 2,
  },
  {
    code: "101",
    vaccine: "Typhoid, ViCPS",
    date: "2018-12-11",
    lotNumber: "R1C041M",
    manufacturer: "Sanofi Pasteur",
    place: "Lakeside Family Clinic",
    dose: 1,
  },
];

/**
 * The answer to `GET /fhir/Immunization`.
 *
 * @param base FHIR base URL
 * @param patient this source's own number for the person
 * @see HL7 FHIR R4 (4.0.1) Bundle, Immunization
 */
export function searchset(base: string, patient: string, doses: readonly Dose[]) {
  return {
    resourceType: "Bundle",
    type: "searchset",
    total: doses.length,
    link: [{ relation: "self", url: `${base}/Immunization` }],
    entry: doses.map((dose, at) => {
      const id = `${patient}-${doses.length - at}`;
      return {
        fullUrl: `${base}/Immunization/${id}`,
        resource: immunization(id, patient, dose),
        search: { mode: "match" },
      };
    }),
  };
}

function immunization(
  id: string,
  patient: string,
  { code, vaccine, date, lotNumber, manufacturer, place, dose }: Dose,
) {
  return {
    resourceType: "Immunization",
    id,
    status: "completed",
    vaccineCode: { coding: [{ system: "http://hl7.org/fhir/sid/cvx", code, display: vaccine }], text: vaccine },
    patient: { reference: `Patient/${patient}` },
    occurrenceDateTime: date,
    primarySource: true,
    manufacturer: { display: manufacturer },
    lotNumber,
    performer: [{ actor: { display: place } }],
    protocolApplied: [{ doseNumberPositiveInt: dose }],
  };
}

/** The members of a Bundle that "My Immunizations" reads. */
export interface ImmunizationBundle {
  readonly entry?: readonly {
    readonly resource: {
      readonly vaccineCode: { readonly text: string };
      readonly occurrenceDateTime: string;
      readonly lotNumber?: string;
    };
  }[];
}
