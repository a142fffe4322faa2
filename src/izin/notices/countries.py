"""Countries that data may go to, by their names in Malay and English. Pure."""

COUNTRIES = {
    "MY": ("Malaysia", "Malaysia"),
    "US": ("Amerika Syarikat", "United States"),
    "SG": ("Singapura", "Singapore"),
    "ID": ("Indonesia", "Indonesia"),
    "BN": ("Brunei", "Brunei"),
    "TH": ("Thailand", "Thailand"),
    "PH": ("Filipina", "Philippines"),
    "VN": ("Vietnam", "Vietnam"),
    "IN": ("India", "India"),
    "CN": ("China", "China"),
    "HK": ("Hong Kong", "Hong Kong"),
    "TW": ("Taiwan", "Taiwan"),
    "JP": ("Jepun", "Japan"),
    "KR": ("Korea Selatan", "South Korea"),
    "AU": ("Australia", "Australia"),
    "NZ": ("New Zealand", "New Zealand"),
    "AE": ("Emiriah Arab Bersatu", "United Arab Emirates"),
    "GB": ("United Kingdom", "United Kingdom"),
    "IE": ("Ireland", "Ireland"),
    "DE": ("Jerman", "Germany"),
    "AT": ("Austria", "Austria"),
    "CH": ("Switzerland", "Switzerland"),
    "FR": ("Perancis", "France"),
    "NL": ("Belanda", "Netherlands"),
    "CA": ("Kanada", "Canada"),
}


def country_name(code: str, language: str) -> str:
    """The country's name in Malay (``ms``) or English; the code itself for a country that is not listed."""
    malay, english = COUNTRIES.get(code, (code, code))
    return malay if language == "ms" else english
