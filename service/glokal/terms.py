"""Closed namespaces: the terms that the code may name; a misspelt one raises.

Terms are plain IRI strings, so that the server, which never loads rdflib, shares them
with the publishing side.
"""

from collections.abc import Iterator


class Namespace:
    """An IRI prefix and the local names under it that the code uses.

    ``SKOS.prefLabel`` gives the IRI as ``str``; a name that was not listed raises
    ``AttributeError``, so that a slip of the pen fails where it is written. ``short`` is the
    prefix that the namespace goes by.
    """

    def __init__(self, short: str, iri: str, names: str = "") -> None:
        self.short = short
        self.iri = iri
        self._names = frozenset(names.split())
        hidden = self._names & {*vars(self), *vars(Namespace)}
        if hidden:
            raise ValueError(f"{short}: a term is hidden by an attribute: {', '.join(hidden)}")

    def __getattr__(self, name: str) -> str:
        if name in self._names:
            return self.iri + name
        raise AttributeError(f"{self.short}:{name} is not a term listed in glokal.terms")

    def rebased(self, base: str) -> "Namespace":
        """The same names under another base IRI; a namespace of others comes back as it is."""
        if not self.iri.startswith(BASE):
            return self
        return Namespace(self.short, base + self.iri.removeprefix(BASE), " ".join(self._names))

    def __iter__(self) -> Iterator[str]:
        return (self.iri + name for name in sorted(self._names))


BASE = "https://w3id.org/glokal/"
"""The base IRI that the sources are written with; a release may be rebased from it."""

STRAT = Namespace(
    "strat",
    BASE + "def/strategy#",
    """Strategy StrategyDocument StrategyElement Mission CoreTask Explication Vision
    VisionComponent Priority Goal Objective Commitment Claim Principle EnablingCondition
    AnnouncedContent ForesightModel ModelActivity PlannedActivity ModelInput
    KnowledgeProduct EnvisionedState CouncilTerm ActorCategory Theme ActivityArea Level
    SustainabilityAspect Statement Segment Heading Sentence Furniture Translation
    isPartOf isAbout hasScope isEvidencedBy backs sequenceNumber supports usesInput produces
    status basis wordingStatus translates isDeliveredBy announces isValidDuring hasBearer
    isDerivedFrom contributesTowards followsFrom followsBy
    InferredStatement InferenceRule subclassRule subpropertyRule partRule supportRule
    Indicator FollowUp DriverOfChange
    explicit implicit wording internal external source editorial officialTranslation
    projectTranslation""",
)
RDF = Namespace(
    "rdf",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "type value subject predicate object langString Statement Property",
)
RDFS = Namespace(
    "rdfs",
    "http://www.w3.org/2000/01/rdf-schema#",
    "label comment Class subClassOf subPropertyOf domain range isDefinedBy seeAlso",
)
OWL = Namespace(
    "owl",
    "http://www.w3.org/2002/07/owl#",
    """Ontology Class ObjectProperty DatatypeProperty AnnotationProperty NamedIndividual
    versionIRI versionInfo disjointWith annotatedSource annotatedProperty annotatedTarget""",
)
XSD = Namespace(
    "xsd",
    "http://www.w3.org/2001/XMLSchema#",
    "string integer decimal nonNegativeInteger boolean date dateTime gYear anyURI hexBinary",
)
SKOS = Namespace(
    "skos",
    "http://www.w3.org/2004/02/skos/core#",
    """Concept ConceptScheme prefLabel altLabel definition example scopeNote editorialNote
    notation inScheme topConceptOf hasTopConcept exactMatch closeMatch relatedMatch
    broadMatch narrowMatch note""",
)
SKOSXL = Namespace(
    "skosxl", "http://www.w3.org/2008/05/skos-xl#", "Label prefLabel altLabel literalForm"
)
DCTERMS = Namespace(
    "dcterms",
    "http://purl.org/dc/terms/",
    """title description identifier isPartOf hasPart subject spatial language license rights
    rightsHolder publisher creator created issued modified source conformsTo format type
    bibliographicCitation LicenseDocument dateAccepted Location temporal accessRights""",
)
DCAT = Namespace(
    "dcat",
    "http://www.w3.org/ns/dcat#",
    """Catalog Dataset Distribution DataService dataset distribution service servesDataset
    accessURL downloadURL mediaType byteSize endpointURL version contactPoint keyword theme
    startDate endDate accessService landingPage""",
)
VOID = Namespace(
    "void",
    "http://rdfs.org/ns/void#",
    """Dataset inDataset dataDump sparqlEndpoint triples entities vocabulary uriSpace feature
    exampleResource rootResource subset""",
)
PROV = Namespace(
    "prov",
    "http://www.w3.org/ns/prov#",
    """Agent Entity Plan Activity wasAttributedTo wasDerivedFrom wasGeneratedBy used
    generatedAtTime""",
)
FOAF = Namespace(
    "foaf",
    "http://xmlns.com/foaf/0.1/",
    "Document Organization Agent name mbox homepage primaryTopic page",
)
OA = Namespace(
    "oa",
    "http://www.w3.org/ns/oa#",
    """SpecificResource TextQuoteSelector TextPositionSelector FragmentSelector hasSource
    hasSelector exact prefix suffix start end""",
)
ORG = Namespace(
    "org",
    "http://www.w3.org/ns/org#",
    "Organization FormalOrganization OrganizationalUnit unitOf",
)
SCHEMA = Namespace(
    "schema",
    "https://schema.org/",
    "text sha256 mentions domainIncludes rangeIncludes contentSize target",
)
SH = Namespace(
    "sh",
    "http://www.w3.org/ns/shacl#",
    """NodeShape PropertyShape SPARQLConstraint SPARQLConstraintComponent ValidationReport
    MinCountConstraintComponent MaxCountConstraintComponent ClassConstraintComponent
    NodeConstraintComponent DatatypeConstraintComponent PatternConstraintComponent
    LanguageInConstraintComponent UniqueLangConstraintComponent ClosedConstraintComponent
    ValidationResult conforms
    result focusNode resultPath value sourceShape sourceConstraint
    sourceConstraintComponent resultMessage resultSeverity message severity property path
    targetClass Violation Warning Info
    SPARQLExecutable SPARQLSelectExecutable SPARQLAskExecutable SPARQLConstructExecutable
    select ask construct""",
)
SD = Namespace(
    "sd",
    "http://www.w3.org/ns/sparql-service-description#",
    """Service Dataset Graph NamedGraph endpoint supportedLanguage SPARQL11Query resultFormat
    feature UnionDefaultGraph defaultDataset defaultGraph namedGraph name graph""",
)
FORMATS = Namespace(
    "formats",
    "http://www.w3.org/ns/formats/",
    """SPARQL_Results_JSON SPARQL_Results_XML SPARQL_Results_CSV SPARQL_Results_TSV Turtle
    JSON-LD RDF_XML N-Triples TriG N-Quads""",
)
PAV = Namespace("pav", "http://purl.org/pav/", "authoredBy authoredOn")
SSSOM = Namespace(
    "sssom", "https://w3id.org/sssom/", "Mapping mapping_justification confidence object_label"
)
VANN = Namespace(
    "vann", "http://purl.org/vocab/vann/", "preferredNamespacePrefix preferredNamespaceUri"
)
VCARD = Namespace("vcard", "http://www.w3.org/2006/vcard/ns#", "Organization fn hasEmail hasURL")
TIME = Namespace("time", "http://www.w3.org/2006/time#")
GIST = Namespace("gist", "https://w3id.org/semanticarts/ns/ontology/gist/")
P_PLAN = Namespace("p-plan", "http://purl.org/net/p-plan#")
CIDS = Namespace("cids", "https://ontology.commonapproach.org/cids#")

PREFIXES: dict[str, str] = {
    space.short: space.iri
    for space in (
        STRAT, RDF, RDFS, OWL, XSD, SKOS, SKOSXL, DCTERMS, DCAT, VOID, PROV, FOAF, OA, ORG,
        SCHEMA, SH, SD, VCARD,
    )
}  # fmt: skip
"""The standard prefixes of the publication: predeclared in queries, used in every format."""

GRAPHS: tuple[str, ...] = (
    "text", "reading", "context", "interpretation", "inferred", "ontology", "shapes",
    "catalogue",
)  # fmt: skip
"""The named graphs, by key; the default graph is their union."""


def graph_iri(key: str, base: str = BASE) -> str:
    """The IRI of a named graph: ``text`` gives ``…/id/graph/text``.

    Raises:
        KeyError: the key is none of GRAPHS.
    """
    if key not in GRAPHS:
        raise KeyError(f"there is no graph {key!r}; the graphs are {', '.join(GRAPHS)}")
    return f"{base}id/graph/{key}"
