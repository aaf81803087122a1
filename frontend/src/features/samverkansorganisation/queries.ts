import {
    type UseQueryReturnType,
    keepPreviousData,
    useQuery,
} from "@tanstack/vue-query";
import { type MaybeRefOrGetter, toValue } from "vue";
import { allaSidor } from "@/shared/api/allaSidor";
import { api, kropp } from "@/shared/api/klient";
import type { paths } from "@/shared/api/schema";
import type { Schema } from "@/shared/api/typer";

export type Organisation = Schema<"Samverkansorganisation">;
type Organisationsfilter = NonNullable<
    paths["/samverkansorganisationer"]["get"]["parameters"]["query"]
>;

export const organisationsnycklar = {
    alla: ["samverkansorganisationer"] as const,
    lista: (filter: Organisationsfilter) =>
        ["samverkansorganisationer", "lista", filter] as const,
    hela: (filter: Organisationsfilter) =>
        ["samverkansorganisationer", "hela", filter] as const,
    en: (id: string) => ["samverkansorganisationer", id] as const,
};

export function useOrganisationer(
    filter: MaybeRefOrGetter<Organisationsfilter>,
): UseQueryReturnType<Schema<"SamverkansorganisationLista">, Error> {
    return useQuery({
        queryKey: () => organisationsnycklar.lista(toValue(filter)),
        queryFn: ({ signal }) =>
            kropp(
                api.GET("/samverkansorganisationer", {
                    params: { query: toValue(filter) },
                    signal,
                }),
            ),
        placeholderData: keepPreviousData,
    });
}

/** All of them, by name. */
export function useAllaOrganisationer(
    filter: MaybeRefOrGetter<
        Omit<Organisationsfilter, "limit" | "offset" | "sort">
    >,
): UseQueryReturnType<Organisation[], Error> {
    const fraga = (): Organisationsfilter => ({
        ...toValue(filter),
        sort: "namn",
    });
    return useQuery({
        queryKey: () => organisationsnycklar.hela(fraga()),
        queryFn: ({ signal }) =>
            allaSidor(
                (sida) =>
                    kropp(
                        api.GET("/samverkansorganisationer", {
                            params: { query: { ...fraga(), ...sida } },
                            signal,
                        }),
                    ),
                (o) => o.id,
            ),
    });
}

export function useOrganisation(
    id: MaybeRefOrGetter<string>,
): UseQueryReturnType<Organisation, Error> {
    return useQuery({
        queryKey: () => organisationsnycklar.en(toValue(id)),
        queryFn: ({ signal }) =>
            kropp(
                api.GET("/samverkansorganisationer/{organisationId}", {
                    params: { path: { organisationId: toValue(id) } },
                    signal,
                }),
            ),
        enabled: () => toValue(id) !== "",
    });
}
