using System.Text.Json.Nodes;
using Weft.Language.Expressions;
using Weft.Language.Expressions.Syntax;
using Weft.Language.Expressions.Values;
using static Weft.Language.Tests.Expressions.Rendering;

namespace Weft.Language.Tests.Expressions;

public sealed class DialectTemplateTests
{
    private const string World = """
        {
          "customer_message": "Where is it?", "customer_email": "a@b.c", "model": "m", "agent_type": "simple", "tool_name": "t",
          "entities": {"order_id": "12345"}, "knowledge_base": [{"content": "one"}, {"content": "two"}],
          "classify_intent": {"output": {"intent": "order_status"}},
          "handle_order_status": {"output": {"state": "shipped"}}, "handle_return": {"output": {"summary": "s"}},
          "handle_complaint": {"output": "c"}, "handle_general": {"output": "g"},
          "index": 1, "item": {"connection_string": "db", "query": "q", "credentials": {}, "rowCount": 12, "fields": ["a"], "data": [1,2,3,4,5,6,7,8,9,10,11,12]},
          "input": {"name": "Ada", "message": "hi", "priority": "high", "category": "c", "customer_id": "C1", "repository": "r", "record_count": 3,
                    "columns": ["a", "b"], "source_type": "file", "sample_data": [{"x": 1}], "validation_rules": [], "date_range": "2025", "business_context": "b",
                    "data_summary": {"n": 1}, "files": [{"path": "a.cs", "language": "csharp", "content": "class A;"}, {"path": "b.py", "language": "python", "content": "pass"}]},
          "output": {"greeting": "Hello", "tone": "warm", "category": "technical", "expertise_level": 3, "confidence": 0.9, "notification_id": "N1"},
          "with": {"inquiry": {}, "request": {}, "sources": [], "config": {}},
          "memory": {"technical_context": "none"},
          "workflow": {
            "execution_time": 12, "execution_id": "E1", "completed_tasks": ["a", "b"], "success_rate": 1,
            "input": {"name": "Ada", "repository": "r", "data": [1], "text": "t", "documents": ["d"], "type": "x", "data_sources": [{"source_type": "api"}, {"source_type": "file"}],
                      "processing_config": {}, "date_range": "2025", "business_context": "b", "previous_analysis": null}
          },
          "tasks": {
            "generate_greeting": {"output": {"result": "Hello", "tone": "warm"}},
            "validate_input": {"output": {"validated_data": {"message": "m", "priority": "p", "customer_id": "C1"}, "validated_sources": [1], "validated_config": {"validation_rules": [], "transformations": []}}},
            "classify_inquiry": {"output": {"category": "technical", "confidence": 0.9}},
            "route_to_specialist": {"output": {}},
            "step1": {"output": 1}, "step2": {"output": 2},
            "multi_analysis": {"output": {"sentiment_analysis": {"sentiment": "good"}, "entity_extraction": {"entities": []}}},
            "process_documents": {"output": [1, 2]},
            "validate_request": {"output": {"validated_request": {"customer_id": "C1", "message": "m", "priority": "p"}}},
            "classify_support_request": {"output": {"classification": {"category": "technical", "confidence": 0.9}}},
            "send_confirmation": {"output": {"notification_id": "N1"}},
            "extract_data": {"output": {"extracted_data": []}},
            "transform_data": {"output": {"transformed_data": [{"final_count": 3}, {"final_count": 4}]}},
            "validate_data_quality": {"output": {"validation_results": [{"quality_score": 0.5, "issues_found": ["a", "b"]}, {"quality_score": 1, "issues_found": ["c"]}]}},
            "analyze_processed_data": {"output": {"analysis": {"insights": [1], "recommendations": [{"priority": "high"}, {"priority": "low"}]}}},
            "generate_report": {"output": {"report": {"report_id": "R", "format": "pdf", "download_url": "u"}}},
            "aggregate_results": {"output": {"processing_summary": {}, "report_info": {}}}
          }
        }
        """;

    public static TheoryData<string> Lines => new(DialectTemplates.Lines);

    [Theory]
    [MemberData(nameof(Lines))]
    public void Template_AsItStandsInADialect_EvaluatesStrictly(string template)
    {
        var parsed = Template.Parse(template);

        var result = parsed.Evaluate(Scope(World));

        Assert.Empty(result.Warnings);
        Assert.False(parsed.IsLiteral);
    }

    [Theory]
    [InlineData(
        "{{ .tasks.classify_inquiry.output.category == \"technical\" && .tasks.classify_inquiry.output.confidence > 0.8 }}", "true")]
    [InlineData("{{ .tasks.route_to_specialist.output.message | default('General inquiry processed') }}", "\"General inquiry processed\"")]
    [InlineData("{{ .workflow.input.data_sources[.index].source_type }}", "\"file\"")]
    [InlineData("{{ .item.data | slice(0, 10) }}", "[1,2,3,4,5,6,7,8,9,10]")]
    [InlineData("{{ .tasks.transform_data.output.transformed_data | map('final_count') | sum }}", "7")]
    [InlineData("{{ .tasks.validate_data_quality.output.validation_results | map('quality_score') | avg }}", "0.75")]
    [InlineData("{{ .tasks.validate_data_quality.output.validation_results | map('issues_found') | flatten | length }}", "3")]
    [InlineData("{{ .tasks.analyze_processed_data.output.analysis.recommendations | filter('priority', 'high') | length }}", "1")]
    [InlineData(
        "{{ .tools.billing_system.get_account_status(.input.customer_id) }}", "\"billing_system.get_account_status([\\\"C1\\\"])\"")]
    [InlineData("{{ now }}", "\"2025-11-20T12:30:05Z\"")]
    [InlineData("process-{{ .index }}", "\"process-1\"")]
    [InlineData("- Columns: {{ .input.columns | join(\", \") }}", "\"- Columns: a, b\"")]
    [InlineData("{{ .input.sample_data | toJson }}", "\"[{\\\"x\\\":1}]\"")]
    [InlineData("{{ .workflow.input }}", null)]
    public void Template_OfADialect_MeansWhatItsAuthorMeant(string template, string? expected) => Assert.Equal(
        expected ?? JsonNode.Parse(World)!["workflow"]!["input"]!.ToJsonString(WeftJson.Options),
        Json(template, World));

    [Fact]
    public void AssembleResponse_OnlyOneBranchRan_HoldsThatBranchWithoutWarnings()
    {
        var scope = Scope(
            """{"classify_intent": {"output": {"intent": "order_status"}}, "handle_order_status": {"output": {"state": "shipped"}}}""");

        var result = Template.Parse(DialectTemplates.AssembleResponse).Render(scope, TemplateOptions.Lenient);

        Assert.Empty(result.Warnings);
        Assert.Contains("Intent: order_status\n", result.Text, StringComparison.Ordinal);
        Assert.Contains("Order Status: {\"state\":\"shipped\"}\n", result.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Return Result", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void GeneralInquiry_ListsTheKnowledge() =>
        Assert.Contains("- one\n\n- two\n", Text(DialectTemplates.GeneralInquiry, World), StringComparison.Ordinal);

    [Fact]
    public void CodeReview_ListsTheFiles() => Assert.Equal(
        """
        Repository: r
        Files changed: 2


        File: a.cs
        ```csharp
        class A;
        ```

        File: b.py
        ```python
        pass
        ```

        Done.
        """,
        Text(DialectTemplates.CodeReview, World));

    [Theory]
    [InlineData("classify_intent.output.intent == 'order_status'", true)]
    [InlineData("classify_intent.output.intent == 'complaint'", false)]
    [InlineData("output.intent == 'order_status'", false)]
    public void Condition_AsItStandsInADialect_Decides(string expression, bool expected) =>
        Assert.Equal(expected, Holds("jmespath", expression, World));
}
