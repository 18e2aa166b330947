<?xml version="1.0" encoding="UTF-8"?>
<StyledLayerDescriptor xmlns="http://www.opengis.net/sld" xmlns:ogc="http://www.opengis.net/ogc" xmlns:se="http://www.opengis.net/se" version="1.1.0">
<NamedLayer><se:Name>{{ layer }}</se:Name><UserStyle><se:Name>{{ layer }}</se:Name><se:FeatureTypeStyle>
{%- for style in styles %}
<se:Rule><se:Name>{{ style.label }}</se:Name>
<ogc:Filter><ogc:PropertyIsEqualTo><ogc:PropertyName>status</ogc:PropertyName><ogc:Literal>{{ style.id }}</ogc:Literal></ogc:PropertyIsEqualTo></ogc:Filter>
{%- if type == "marker" %}
<se:PointSymbolizer><se:Graphic><se:Mark><se:WellKnownName>{{ style.mark }}</se:WellKnownName><se:Fill><se:SvgParameter name="fill">{{ style.hue }}</se:SvgParameter></se:Fill><se:Stroke><se:SvgParameter name="stroke">{{ style.ink }}</se:SvgParameter></se:Stroke></se:Mark><se:Size>12</se:Size></se:Graphic></se:PointSymbolizer>
{%- elif type == "line" %}
<se:LineSymbolizer><se:Stroke><se:SvgParameter name="stroke">{{ style.hue }}</se:SvgParameter><se:SvgParameter name="stroke-width">1.5</se:SvgParameter></se:Stroke></se:LineSymbolizer>
{%- else %}
<se:PolygonSymbolizer><se:Fill><se:SvgParameter name="fill">{{ style.hue }}</se:SvgParameter><se:SvgParameter name="fill-opacity">0.3</se:SvgParameter></se:Fill><se:Stroke><se:SvgParameter name="stroke">{{ style.hue }}</se:SvgParameter><se:SvgParameter name="stroke-width">1.5</se:SvgParameter>{% if style.dash %}<se:SvgParameter name="stroke-dasharray">{{ style.dash }}</se:SvgParameter>{% endif %}</se:Stroke></se:PolygonSymbolizer>
{%- endif %}
</se:Rule>
{%- endfor %}
</se:FeatureTypeStyle></UserStyle></NamedLayer>
</StyledLayerDescriptor>
