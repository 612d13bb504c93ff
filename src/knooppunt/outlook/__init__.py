"""A sober look ahead by area: series, a forecast that must beat last year, and hot spots that chance does not make.

Areas only, never a home, a company or a person; small numbers are taken together before anything is worked out.
"""

from knooppunt.outlook.export import AreaTables, Looked, check_reason, export_areas, export_spots
from knooppunt.outlook.forecast import Forecast, forecast
from knooppunt.outlook.hotspots import HotSpot, hot_spots, report_hot_spots
from knooppunt.outlook.series import Series, report_series, rule_series
from knooppunt.outlook.telling import SeriesTold, told_ahead, told_forecast, told_series

__all__ = [
    "AreaTables",
    "Forecast",
    "HotSpot",
    "Looked",
    "Series",
    "SeriesTold",
    "check_reason",
    "export_areas",
    "export_spots",
    "forecast",
    "hot_spots",
    "report_hot_spots",
    "report_series",
    "rule_series",
    "told_ahead",
    "told_forecast",
    "told_series",
]
