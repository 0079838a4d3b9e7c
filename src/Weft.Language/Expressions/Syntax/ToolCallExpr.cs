using System.Text.Json.Nodes;
using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Syntax;

/// <summary><c>tools.billing.get_status(x)</c></summary>
internal sealed class ToolCallExpr(string[] names, Expr[] arguments, int offset)
    : Expr(offset, 1 + arguments.Select(x => x.Depth).DefaultIfEmpty().Max())
{
    public override Value Evaluate(RenderContext context)
    {
        context.Budget.Spend();
        if (context.Scope.Services.CallTool is not { } call)
        {
            throw context.Fault(
                TemplateErrorCodes.Unavailable,
                $"The call of tools.{string.Join('.', names)} is not available here: tools are called from the prompts and parameters of "
                + $"a node, never where a workflow decides.",
                Offset);
        }

        var values = new JsonArray();
        foreach (var argument in arguments)
        {
            values.Add(ValueNodes.ToNode(context.Require(argument.Evaluate(context)), context.Budget));
        }

        context.At = Offset;
        return Value.FromNode(call(names, values));
    }

    public override void Analyze(TemplateAnalysis analysis)
    {
        analysis.Tools.Add(string.Join('.', names));
        foreach (var argument in arguments)
        {
            argument.Analyze(analysis);
        }
    }
}
