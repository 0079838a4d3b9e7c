using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using HandlebarsDotNet;
using Weft.Language.Expressions;
using Weft.Language.Expressions.Syntax;
using Weft.Language.Expressions.Values;
using Weft.Language.Loading;
using Template = Weft.Language.Expressions.Template;

namespace Weft.Bench.Language;

/// <summary>How fast definitions are read and templates rendered. Templates are held against Handlebars.Net in the same run.</summary>
internal static class LanguageWorkloads
{
    private const int Definitions = 1000;

    // The prompt that puts the support workflow's answer together, in each engine's own notation.
    private const string Prompt = """
        Create final customer response from workflow results.

        Intent: {{classify_intent.output.intent}}

        {% if handle_order_status %}
        Order Status: {{handle_order_status.output}}
        {% endif %}

        {% if handle_return %}
        Return Result: {{handle_return.output.summary}}
        {% endif %}

        {% if handle_complaint %}
        Complaint Handled: {{handle_complaint.output}}
        {% endif %}

        {% if handle_general %}
        Answer: {{handle_general.output}}
        {% endif %}

        Assemble into a single, cohesive response.
        """;

    public static IReadOnlyList<Workload> All { get; } =
    [
        new("L1", Level.Language, "load 1,000 definitions of 100 tasks", "s", true, null, LoadAsync),
        new("L2", Level.Language, "render a prompt of six branches", "µs", true, null, RenderAsync),
        new("L3", Level.Language, "search by JMESPath: a filter and a projection", "µs", true, null, SearchAsync),
    ];

    private static Task<Measure> LoadAsync(CancellationToken cancellationToken)
    {
        var text = Tasks(100);
        for (var i = 0; i < 20; i++)
        {
            Load(text);
        }

        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < Definitions; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Load(text);
        }

        return Task.FromResult(new Measure(
            Stopwatch.GetElapsedTime(started).TotalSeconds,
            string.Create(CultureInfo.InvariantCulture,
                $"{text.Length / 1024} KB each; templates, conditions and references checked; the aim is below 5 s")));
    }

    private static Task<Measure> RenderAsync(CancellationToken cancellationToken)
    {
        var data = new JsonObject
        {
            ["classify_intent"] = new JsonObject { ["output"] = new JsonObject { ["intent"] = "return_request" } },
            ["handle_return"] = new JsonObject { ["output"] = new JsonObject { ["summary"] = "Return RET-456 was created." } },
        };
        var template = Template.Parse(Prompt);
        var ours = MicrosecondsEach(() => template.Render(ExpressionScope.Of(data), TemplateOptions.Lenient).Text.Length);

        var handlebars = Handlebars.Create(new HandlebarsConfiguration { NoEscape = true })
            .Compile(Prompt.Replace("{% if ", "{{#if ", StringComparison.Ordinal)
                .Replace("{% endif %}", "{{/if}}", StringComparison.Ordinal).Replace(" %}", "}}", StringComparison.Ordinal));
        var same = new Dictionary<string, object>
        {
            ["classify_intent"] =
                new Dictionary<string, object> { ["output"] = new Dictionary<string, object> { ["intent"] = "return_request" } },
            ["handle_return"] = new Dictionary<string,
                object> { ["output"] = new Dictionary<string, object> { ["summary"] = "Return RET-456 was created." } },
        };
        var theirs = MicrosecondsEach(() => handlebars(same).Length);
        return Task.FromResult(new Measure(ours, "peer: Handlebars.Net, compiled, in the same process", theirs));
    }

    private static Task<Measure> SearchAsync(CancellationToken cancellationToken)
    {
        var data = new JsonObject { ["items"] =
            new JsonArray([.. Enumerable.Range(0, 20).Select(i => (JsonNode)new JsonObject { ["id"] = i, ["price"] = i * 1.5 })]) };
        var path = JmesPath.Parse("items[?price > `10`].{id: id, price: price}");
        return Task.FromResult(new Measure(MicrosecondsEach(() => path.Search(data)!.AsArray().Count), "20 items"));
    }

    private static double MicrosecondsEach(Func<int> run)
    {
        var sum = 0;
        for (var i = 0; i < 20_000; i++)
        {
            sum += run();
        }

        const int Times = 50_000;
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < Times; i++)
        {
            sum += run();
        }

        GC.KeepAlive(sum);
        return Stopwatch.GetElapsedTime(started).TotalMicroseconds / Times;
    }

    private static void Load(string text)
    {
        if (WorkflowLoader.Load(text, "bench.yaml") is { HasErrors: true } failed)
        {
            throw new InvalidOperationException(failed.Diagnostics[0].ToString());
        }
    }

    private static string Tasks(int count)
    {
        var yaml = new StringBuilder(
            "name: many\nagents:\n  - id: writer\n    instructions: You write.\n    actions:\n      - { id: write, prompt: \"Write: {{ "
            + ".input.text }}\" }\ntasks:\n");
        for (var i = 0; i < count; i++)
        {
            yaml.Append(CultureInfo.InvariantCulture, $"""
                  - id: task_{i}
                    type: basic
                    $use: agent(local::agents.#(id="writer"))
                    action: write
                    with:
                      text: "{(i == 0 ? "{{ .workflow.input.text }}" : "{{ .tasks.task_" + (i - 1) + ".output.text | default('none') }}")}"
                    outputs:
                      text: "{"{{ .output.text }}"}"

                """);
        }

        return yaml.ToString();
    }
}
