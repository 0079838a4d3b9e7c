using System.Text;
using Weft.Sandbox.Json;

namespace Weft.Sandbox.Brain;

/// <summary>Mails and notices, with the facts that tools have answered.</summary>
/// <remarks><c>reference</c> stands in for a fact that only a later step knows; it is null where none may.</remarks>
internal sealed class Letter(Facts facts, ToolTask task, Func<string, string?>? reference)
{
    public string Subject() => (Fact("return_id"), facts.OrderId) switch
    {
        ({ } id, { } order) => $"Your return {id} for order #{order}",
        ({ } id, null) => $"Your return {id}",
        (null, { } order) when facts.UserText.Contains("return", StringComparison.OrdinalIgnoreCase) => $"Your return for order #{order}",
        (null, { } order) => $"An update on your order #{order}",
        _ => facts.Label("subject") ?? "An update on your request",
    };

    public string Body()
    {
        if ((facts.Label("body") ?? facts.QuotedText("body")) is { } given)
        {
            return given;
        }

        var body = new StringBuilder($"Hi {facts.CustomerName ?? "there"},\n\n");
        var order = facts.OrderId is { } id ? $" for order #{id}" : string.Empty;
        var isReturn = Fact("return_id") is not null || facts.UserText.Contains("return", StringComparison.OrdinalIgnoreCase);
        if (isReturn)
        {
            body.Append(Fact("return_id") is { } number ? $"your return {number}{order} has been created." : $"your return{order} has been created.");
        }
        else
        {
            body.Append(facts.OrderId is { } about ? $"here is an update on your order #{about}." : "here is an update on your request.");
        }

        if (Fact("label_url") is { } label)
        {
            body.Append($"\n\nPlease print your prepaid return label: {label}");
        }
        else if (isReturn)
        {
            body.Append("\n\nYour prepaid return label is in your account, under this order.");
        }

        if (facts.Any("fulfillment_status") is { } status && !isReturn)
        {
            body.Append($"\n\nStatus: {status}.");
        }

        if (facts.Any("tracking_number") is { } tracking)
        {
            body.Append($"\n\nTracking number: {tracking}");
        }

        return body.Append("\n\nKind regards,\nCustomer Support").ToString();
    }

    /// <summary>A line for a channel.</summary>
    public string Notice(string step)
    {
        var customer = facts.CustomerText.ReplaceLineEndings(" ");
        var severity = new FieldGuess(facts, task).Severity();
        var complaint = step.Contains("supervisor", StringComparison.OrdinalIgnoreCase) || facts.Prompt.Contains("complaint", StringComparison.OrdinalIgnoreCase);
        var about = facts.OrderId is { } order ? $" (order #{order})" : string.Empty;
        return complaint ? $"{char.ToUpperInvariant(severity[0]) + severity[1..]}-severity customer complaint{about}: \"{Digest.Clip(customer, 300)}\""
            : facts.Label("text") ?? facts.QuotedText("text") ?? (customer.Length > 0 ? Digest.Clip(customer, 300) : "An update on the task.");
    }

    private string? Fact(string name) => facts.Any(name) ?? reference?.Invoke(name);
}
