<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
{%- macro options(values) %}
<Option type="Map">
{%- for name, value in values.items() %}
<Option name="{{ name }}" type="QString" value="{{ value }}"/>
{%- endfor %}
</Option>
{%- endmacro %}
{%- macro symbol(name, type, parts) %}
<symbol name="{{ name }}" type="{{ type }}" alpha="1" clip_to_extent="1" force_rhr="0">
{%- for part in parts %}
<layer class="{{ part.class }}" enabled="1" locked="0" pass="0">
{{- options(part.options) }}
{%- if part.within %}
{{- symbol("@" ~ name ~ "@" ~ loop.index0, part.within[0], part.within[1:]) }}
{%- endif %}
</layer>
{%- endfor %}
</symbol>
{%- endmacro %}
<qgis version="3.22.0" styleCategories="Symbology|Labeling" labelsEnabled="{{ 1 if label else 0 }}">
<renderer-v2 type="categorizedSymbol" attr="status" symbollevels="0" enableorderby="{{ 4 if type == 'fill' else 0 }}" forceraster="0">
{%- if type == "fill" %}
<orderby><orderByClause asc="0" nullsFirst="0">area($geometry)</orderByClause></orderby>
{%- endif %}
<categories>
{%- for style in styles %}
<category value="{{ style.id }}" label="{{ style.label }}" symbol="{{ loop.index0 }}" render="true"/>
{%- endfor %}
</categories>
<symbols>
{%- for style in styles %}
{{- symbol(loop.index0, type, style.parts) }}
{%- endfor %}
</symbols>
</renderer-v2>
{%- if label %}
<labeling type="simple">
<settings calloutType="simple">
<text-style fieldName="{{ label }}" isExpression="0" fontSize="9" fontSizeUnit="Point" fontWeight="75" textColor="29,29,27,255" textOpacity="1">
<text-buffer bufferDraw="1" bufferSize="0.8" bufferSizeUnits="MM" bufferColor="255,255,255,255" bufferOpacity="1"/>
</text-style>
<placement placement="{{ 4 if type == 'fill' else 6 if type == 'marker' else 2 }}"/>
<rendering drawLabels="1" obstacle="0"/>
</settings>
</labeling>
{%- endif %}
</qgis>
