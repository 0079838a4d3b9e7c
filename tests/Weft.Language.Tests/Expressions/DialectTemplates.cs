namespace Weft.Language.Tests.Expressions;

/// <summary>Every template that the documents of the three dialects hold, as it stands there.</summary>
internal static class DialectTemplates
{
    public static IReadOnlyList<string> Lines => Source.Split('\n');

    public const string AssembleResponse = """
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

    public const string GeneralInquiry = """
        Question: {{customer_message}}

        Context from knowledge base:
        {% for doc in knowledge_base %}
        - {{doc.content}}
        {% endfor %}

        Generate a helpful, concise response.
        """;

    public const string CodeReview = """
        Repository: {{ .input.repository }}
        Files changed: {{ .input.files | length }}

        {{ range .input.files }}
        File: {{ .path }}
        ```{{ .language }}
        {{ .content }}
        ```
        {{ end }}
        Done.
        """;

    private const string Source = """
        Customer: {{customer_message}}
        Order ID: {{entities.order_id}}
        Process return request for order {{entities.order_id}}:
        4. Send confirmation email with label to {{customer_email}}
        Customer has a complaint: {{customer_message}}
        Question: {{customer_message}}
        Intent: {{classify_intent.output.intent}}
        Order Status: {{handle_order_status.output}}
        Return Result: {{handle_return.output.summary}}
        Complaint Handled: {{handle_complaint.output}}
        Answer: {{handle_general.output}}
        {{model}}
        P95 - {{agent_type}}
        {{tool_name}}
        {{ .env.OPENAI_API_KEY }}
        Generate a personalized greeting for: {{ .input.name }}
        {{ .workflow.input.name }}
        {{ .output.greeting }}
        {{ .output.tone }}
        {{ .tasks.generate_greeting.output.result }}
        {{ .tasks.generate_greeting.output.tone }}
        {{ now }}
        {{ .env.ANTHROPIC_API_KEY }}
        Message: {{ .input.message }}
        Priority: {{ .input.priority }}
        {{ .input.message }}
        Category: {{ .input.category }}
        Customer ID: {{ .input.customer_id }}
        {{ .workflow.input | validateSchema('customer_inquiry') }}
        {{ .with.inquiry }}
        {{ .tasks.validate_input.output.validated_data.message }}
        {{ .tasks.validate_input.output.validated_data.priority }}
        {{ .output.category }}
        {{ .output.expertise_level }}
        {{ .output.confidence }}
        {{ .tasks.classify_inquiry.output.category == "technical" && .tasks.classify_inquiry.output.confidence > 0.8 }}
        {{ .tasks.classify_inquiry.output.category }}
        {{ .tasks.validate_input.output.validated_data.customer_id }}
        {{ .tasks.route_to_specialist.output.message | default('General inquiry processed') }}
        {{ .tasks.classify_inquiry.output.confidence }}
        {{ .workflow.execution_time }}
        code_review:{{ .workflow.input.repository }}
        Repository: {{ .input.repository }}
        Files changed: {{ .input.files | length }}
        Bearer {{ .env.GITHUB_TOKEN }}
        {{ .workflow.input.data }}
        {{ .workflow.input.text }}
        {{ .workflow.input.documents }}
        process-{{ .index }}
        {{ .item }}
        {{ .index }}
        {{ .workflow.input.type }}
        {{ .workflow.input }}
        {{ .tasks.step1.output }}
        {{ .tasks.step2.output }}
        {{ .tasks.multi_analysis.output.sentiment_analysis.sentiment }}
        {{ .tasks.multi_analysis.output.entity_extraction.entities }}
        {{ .tasks.process_documents.output }}
        {{ .tasks.process_documents.output | length }}
        {{ .env.GROQ_API_KEY }}
        tech_support:{{ .input.customer_id }}
        Issue: {{ .input.message }}
        Previous Context: {{ .memory.technical_context }}
        Account Status: {{ .tools.billing_system.get_account_status(.input.customer_id) }}
        Bearer {{ .env.BILLING_API_TOKEN }}
        {{ .workflow.input | validateSchema('support_request') }}
        {{ .with.request }}
        {{ .tasks.validate_request.output.validated_request.customer_id }}
        {{ .tasks.validate_request.output.validated_request.message }}
        {{ .tasks.validate_request.output.validated_request.priority }}
        {{ .output }}
        {{ .tasks.classify_support_request.output.classification.category }}
        Customer {{ .tasks.validate_request.output.validated_request.customer_id }} requires human attention
        {{ .output.notification_id }}
        Your support request has been processed. Resolution: {{ .tasks.route_to_specialist.output.resolution | default('General inquiry received') }}
        {{ .workflow.execution_id }}
        {{ .tasks.route_to_specialist.output.resolution | default('Escalated to human support') }}
        {{ .tasks.classify_support_request.output.classification }}
        {{ .tasks.send_confirmation.output.notification_id }}
        {{ .tasks.classify_support_request.output.classification.confidence }}
        - Records: {{ .input.record_count }}
        - Columns: {{ .input.columns | join(", ") }}
        - Source: {{ .input.source_type }}
        {{ .input.sample_data | toJson }}
        {{ .input.validation_rules | toJson }}
        - Time Period: {{ .input.date_range }}
        - Business Context: {{ .input.business_context }}
        {{ .input.data_summary | toJson }}
        {{ .input.previous_analysis | default("None") }}
        {{ .workflow.input.data_sources | validateSchema('data_source') }}
        {{ .workflow.input.processing_config | validateSchema('processing_config') }}
        {{ .with.sources }}
        {{ .with.config }}
        {{ .tasks.validate_input.output.validated_sources }}
        extract-{{ .index }}
        {{ .item.connection_string }}
        {{ .item.query }}
        {{ .item.credentials }}
        {{ .tasks.extract_data.output.extracted_data }}
        validate-{{ .index }}
        {{ .item.rowCount }}
        {{ .item.fields }}
        {{ .workflow.input.data_sources[.index].source_type }}
        {{ .item.data | slice(0, 10) }}
        {{ .tasks.validate_input.output.validated_config.validation_rules }}
        transform-{{ .index }}
        {{ .item.data }}
        {{ .tasks.validate_input.output.validated_config.transformations }}
        {{ .tasks.transform_data.output.transformed_data | map('final_count') | sum }}
        {{ .workflow.input.date_range }}
        {{ .workflow.input.business_context }}
        {{ .tasks.transform_data.output.transformed_data }}
        {{ .workflow.input.previous_analysis }}
        {{ .tasks.analyze_processed_data.output.analysis }}
        {{ .workflow.input.report_format | default('pdf') }}
        {{ .workflow.input.report_template | default('standard') }}
        {{ .tasks.validate_data_quality.output.validation_results | map('quality_score') }}
        {{ .tasks.validate_data_quality.output.validation_results | map('quality_score') | avg }}
        {{ .tasks.validate_data_quality.output.validation_results | map('issues_found') | flatten | length }}
        {{ .tasks.analyze_processed_data.output.analysis.insights | length }}
        {{ .tasks.analyze_processed_data.output.analysis.recommendations | length }}
        {{ .tasks.analyze_processed_data.output.analysis.recommendations | filter('priority', 'high') | length }}
        {{ .tasks.generate_report.output.report.report_id }}
        {{ .tasks.generate_report.output.report.format }}
        {{ .tasks.generate_report.output.report.download_url }}
        {{ .tasks.aggregate_results.output.processing_summary }}
        {{ .tasks.aggregate_results.output.report_info }}
        {{ .tasks.validate_data_quality.output.validation_results }}
        {{ .workflow.completed_tasks | length }}
        {{ .workflow.success_rate }}
        """;
}
