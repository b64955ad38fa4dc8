"""Parts of a house: its departments, and the fields that people work in there."""

from workers.extraction.fields.roles.piece import Piece
from workers.extraction.fields.words import lexicon

_DEPARTMENTS = ("department of", "dept of", "faculty of", "school of", "office of", "division of", "direction de", "direction des",
                "service de", "service des", "service apres", "institut fur", "instituto de", "secretaria de", "dipartimento di",
                "ufficio", "gabinete de", "direction regionale", "direction generale", "direzione", "estates office", "sales & marketing", "qualitatssicherung", "servicio tecnico", "servicio de", "servico de", "recursos humanos", "human resources",
                "ressources humaines", "risorse umane", "corporate finance", "customer service", "atencion al cliente")  # fmt: skip
_FIELDS = frozenset(
    "supply chain|human resources|operations|business development|public relations|customer success|customer care|quality assurance"
    "|information technology|internal audit|corporate affairs|investor relations|research and development|purchasing|procurement"
    "|cadena de suministro|gestion humana|talento humano|desarrollo de negocio|relaciones publicas|operaciones|supply chain management"
    "|recursos humanos|gestao de pessoas|operacoes|ressources humaines|achats|risorse umane|acquisti|personalwesen|einkauf|inkoop".split(
        "|"
    )
)
_WIDE = frozenset("global international regional group corporate national head emea apac europe and & of".split())


def opens_department(piece: Piece) -> bool:
    """Whether a piece names a department rather than a job."""
    edges = piece.keys[:1] + piece.keys[-1:]
    return any(lexicon.in_list("departments", key) for key in edges) or " ".join(piece.keys).startswith(_DEPARTMENTS)


def names_a_field(piece: Piece) -> bool:
    """Whether a piece says what part of a house somebody works for, and nothing else: "Global Supply Chain"."""
    return " ".join(key for key in piece.keys if key not in _WIDE) in _FIELDS
