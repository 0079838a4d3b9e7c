using System.Globalization;
using System.Text;

namespace Weft.Bench.Workflows;

/// <summary>The workflows that are measured, as their users would write them.</summary>
internal static class Definitions
{
    /// <summary>Nodes that make data, one after another.</summary>
    public static string Chain(int nodes)
    {
        var yaml = new StringBuilder($"name: chain_{nodes}\nworkflow:\n  nodes:\n");
        for (var i = 0; i < nodes; i++)
        {
            yaml.Append(CultureInfo.InvariantCulture, $"    - id: n{i}\n      transform: {{ step: {i}, name: \"{{{{ customer }}}}\" }}\n");
        }

        yaml.Append("  edges:\n");
        for (var i = 1; i < nodes; i++)
        {
            yaml.Append(CultureInfo.InvariantCulture, $"    - {{ from: n{i - 1}, to: n{i} }}\n");
        }

        return yaml.Append(CultureInfo.InvariantCulture, $"    - {{ from: n{nodes - 1}, to: END }}\n").ToString();
    }

    /// <summary>One node, then many at once, then one.</summary>
    public static string Fan(int width)
    {
        var yaml = new StringBuilder($"name: fan_{width}\nworkflow:\n  nodes:\n    - id: first\n      transform: {{ go: true }}\n");
        for (var i = 0; i < width; i++)
        {
            yaml.Append(CultureInfo.InvariantCulture, $"    - id: w{i}\n      transform: {{ worker: {i} }}\n");
        }

        yaml.Append("    - id: last\n      transform: { done: true }\n  edges:\n");
        for (var i = 0; i < width; i++)
        {
            yaml.Append(CultureInfo.InvariantCulture, $"    - {{ from: first, to: w{i} }}\n    - {{ from: w{i}, to: last }}\n");
        }

        return yaml.Append("    - { from: last, to: END }\n").ToString();
    }

    /// <summary>A model picks one of three ways, another works on it, a third puts the answer together.</summary>
    public const string Classify = """
        name: classify
        workflow:
          nodes:
            - id: classify
              agent: simple_intent_classifier
              config:
                models: [gpt-3.5-turbo]
                output_schema:
                  type: object
                  properties:
                    way: { type: string, enum: [a, b, c] }
                  required: [way]
              prompt_template: "Which way for: {{ message }}"
            - id: way_a
              agent: simple_response_generator
              config: { models: [gpt-3.5-turbo] }
              prompt_template: "Way a: {{ message }}"
            - id: way_b
              agent: simple_response_generator
              config: { models: [gpt-3.5-turbo] }
              prompt_template: "Way b: {{ message }}"
            - id: way_c
              agent: simple_response_generator
              config: { models: [gpt-3.5-turbo] }
              prompt_template: "Way c: {{ message }}"
            - id: assemble
              agent: simple_response_assembler
              config: { models: [gpt-3.5-turbo] }
              prompt_template: "Assemble: {{ way_b.output.text }}"
          edges:
            - { from: classify, to: way_a, condition: { type: jmespath, expression: "output.way == 'a'" } }
            - { from: classify, to: way_b, condition: { type: jmespath, expression: "output.way == 'b'" } }
            - { from: classify, to: way_c, condition: { type: jmespath, expression: "output.way == 'c'" } }
            - { from: way_a, to: assemble }
            - { from: way_b, to: assemble }
            - { from: way_c, to: assemble }
            - { from: assemble, to: END }
        """;
}
