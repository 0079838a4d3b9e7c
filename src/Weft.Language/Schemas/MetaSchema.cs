using System.Text.Json.Nodes;

namespace Weft.Language.Schemas;

/// <summary>The schema of schemas, draft 2020-12, with its vocabularies as parts, so that a schema may ask for a schema.</summary>
internal static class MetaSchema
{
    /// <summary>How the URIs of the meta-schema and of its vocabularies begin.</summary>
    public const string Family = "https://json-schema.org/draft/2020-12/";

    /// <summary>The vocabulary without which a dialect has no keywords such as <c>type</c> and <c>minimum</c>.</summary>
    public const string Validation = Family + "vocab/validation";

    private const string Text = """
        {
          "$id": "https://json-schema.org/draft/2020-12/schema", "$dynamicAnchor": "meta", "type": ["object", "boolean"],
          "allOf": [
            {"$ref": "meta/core"}, {"$ref": "meta/applicator"}, {"$ref": "meta/unevaluated"}, {"$ref": "meta/validation"},
            {"$ref": "meta/meta-data"}, {"$ref": "meta/format-annotation"}, {"$ref": "meta/content"}
          ],
          "properties": {
            "definitions": {"type": "object", "additionalProperties": {"$dynamicRef": "#meta"}},
            "dependencies": {
              "type": "object", "additionalProperties": {"anyOf": [{"$dynamicRef": "#meta"}, {"$ref": "meta/validation#/$defs/names"}]}
            },
            "$recursiveAnchor": {"$ref": "meta/core#/$defs/anchor"}, "$recursiveRef": {"$ref": "meta/core#/$defs/reference"}
          },
          "$defs": {
            "core": {
              "$id": "meta/core", "$dynamicAnchor": "meta", "type": ["object", "boolean"],
              "properties": {
                "$id": {"$ref": "#/$defs/reference", "pattern": "^[^#]*#?$"}, "$schema": {"$ref": "#/$defs/uri"},
                "$ref": {"$ref": "#/$defs/reference"}, "$anchor": {"$ref": "#/$defs/anchor"},
                "$dynamicRef": {"$ref": "#/$defs/reference"}, "$dynamicAnchor": {"$ref": "#/$defs/anchor"},
                "$vocabulary": {"type": "object", "propertyNames": {"$ref": "#/$defs/uri"}, "additionalProperties": {"type": "boolean"}},
                "$comment": {"type": "string"}, "$defs": {"type": "object", "additionalProperties": {"$dynamicRef": "#meta"}}
              },
              "$defs": {
                "anchor": {"type": "string", "pattern": "^[A-Za-z_][-A-Za-z0-9._]*$"},
                "uri": {"type": "string", "format": "uri"}, "reference": {"type": "string", "format": "uri-reference"}
              }
            },
            "applicator": {
              "$id": "meta/applicator", "$dynamicAnchor": "meta", "type": ["object", "boolean"],
              "properties": {
                "prefixItems": {"$ref": "#/$defs/several"}, "items": {"$dynamicRef": "#meta"}, "contains": {"$dynamicRef": "#meta"},
                "additionalProperties": {"$dynamicRef": "#meta"}, "properties": {"$ref": "#/$defs/named"},
                "patternProperties": {"$ref": "#/$defs/named", "propertyNames": {"format": "regex"}},
                "dependentSchemas": {"$ref": "#/$defs/named"}, "propertyNames": {"$dynamicRef": "#meta"},
                "if": {"$dynamicRef": "#meta"}, "then": {"$dynamicRef": "#meta"}, "else": {"$dynamicRef": "#meta"},
                "allOf": {"$ref": "#/$defs/several"}, "anyOf": {"$ref": "#/$defs/several"}, "oneOf": {"$ref": "#/$defs/several"},
                "not": {"$dynamicRef": "#meta"}
              },
              "$defs": {
                "several": {"type": "array", "minItems": 1, "items": {"$dynamicRef": "#meta"}},
                "named": {"type": "object", "additionalProperties": {"$dynamicRef": "#meta"}}
              }
            },
            "unevaluated": {
              "$id": "meta/unevaluated", "$dynamicAnchor": "meta", "type": ["object", "boolean"],
              "properties": {"unevaluatedItems": {"$dynamicRef": "#meta"}, "unevaluatedProperties": {"$dynamicRef": "#meta"}}
            },
            "validation": {
              "$id": "meta/validation", "$dynamicAnchor": "meta", "type": ["object", "boolean"],
              "properties": {
                "type": {"anyOf": [
                  {"$ref": "#/$defs/type"}, {"type": "array", "items": {"$ref": "#/$defs/type"}, "minItems": 1, "uniqueItems": true}
                ]},
                "const": true, "enum": {"type": "array", "items": true}, "multipleOf": {"type": "number", "exclusiveMinimum": 0},
                "maximum": {"type": "number"}, "exclusiveMaximum": {"type": "number"},
                "minimum": {"type": "number"}, "exclusiveMinimum": {"type": "number"},
                "maxLength": {"$ref": "#/$defs/count"}, "minLength": {"$ref": "#/$defs/count"},
                "pattern": {"type": "string", "format": "regex"}, "required": {"$ref": "#/$defs/names"},
                "maxItems": {"$ref": "#/$defs/count"}, "minItems": {"$ref": "#/$defs/count"}, "uniqueItems": {"type": "boolean"},
                "maxContains": {"$ref": "#/$defs/count"}, "minContains": {"$ref": "#/$defs/count"},
                "maxProperties": {"$ref": "#/$defs/count"}, "minProperties": {"$ref": "#/$defs/count"},
                "dependentRequired": {"type": "object", "additionalProperties": {"$ref": "#/$defs/names"}}
              },
              "$defs": {
                "count": {"type": "integer", "minimum": 0}, "names": {"type": "array", "items": {"type": "string"}, "uniqueItems": true},
                "type": {"enum": ["array", "boolean", "integer", "null", "number", "object", "string"]}
              }
            },
            "meta-data": {
              "$id": "meta/meta-data", "$dynamicAnchor": "meta", "type": ["object", "boolean"],
              "properties": {
                "title": {"type": "string"}, "description": {"type": "string"}, "default": true, "deprecated": {"type": "boolean"},
                "readOnly": {"type": "boolean"}, "writeOnly": {"type": "boolean"}, "examples": {"type": "array", "items": true}
              }
            },
            "format-annotation": {
              "$id": "meta/format-annotation", "$dynamicAnchor": "meta", "type": ["object", "boolean"],
              "properties": {"format": {"type": "string"}}
            },
            "content": {
              "$id": "meta/content", "$dynamicAnchor": "meta", "type": ["object", "boolean"],
              "properties": {
                "contentEncoding": {"type": "string"}, "contentMediaType": {"type": "string"}, "contentSchema": {"$dynamicRef": "#meta"}
              }
            }
          }
        }
        """;

    /// <summary>Reads it anew: a tree of nodes is not for several threads.</summary>
    public static JsonObject? Read() => JsonNode.Parse(Text) as JsonObject;
}
