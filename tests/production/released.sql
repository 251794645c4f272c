-- A record as the last release (schema 11) wrote it: a closed directive, and one of which two of five have reported.
--
-- PostgreSQL database dump
--



SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: raise_sign_in_version(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.raise_sign_in_version() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  if exists (select from was) then
    update installation set sign_in_version = sign_in_version + 1;
  end if;
  return null;
end $$;


SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: account; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.account (
    person text NOT NULL,
    password_hash text NOT NULL,
    must_change boolean DEFAULT false NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL
);


--
-- Name: amendment; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.amendment (
    directive text NOT NULL,
    n integer NOT NULL,
    before jsonb NOT NULL,
    after jsonb NOT NULL,
    note text NOT NULL,
    by text NOT NULL,
    at timestamp with time zone NOT NULL
);


--
-- Name: assignment; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.assignment (
    directive text NOT NULL,
    id text NOT NULL,
    desk text NOT NULL,
    parent text,
    item text NOT NULL,
    task_force text NOT NULL,
    unit text,
    holder text NOT NULL,
    level smallint NOT NULL,
    node boolean NOT NULL,
    own_desk text,
    phase text NOT NULL,
    settled boolean NOT NULL,
    due_at timestamp with time zone NOT NULL,
    next_wake timestamp with time zone,
    unsettled integer DEFAULT 0 NOT NULL,
    approved integer DEFAULT 0 NOT NULL,
    current integer DEFAULT 0 NOT NULL,
    escalation integer DEFAULT 0 NOT NULL,
    state jsonb NOT NULL,
    fault text,
    fault_at timestamp with time zone,
    part integer DEFAULT 0 NOT NULL,
    suspended boolean DEFAULT false NOT NULL,
    transfer_to text,
    asked boolean DEFAULT false NOT NULL
)
WITH (fillfactor='70');


--
-- Name: attachment; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.attachment (
    file text NOT NULL,
    directive text NOT NULL,
    assignment text DEFAULT ''::text NOT NULL
);


--
-- Name: calendar; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.calendar (
    id text NOT NULL,
    version integer NOT NULL,
    body jsonb NOT NULL,
    note text,
    at timestamp with time zone DEFAULT now() NOT NULL,
    by text
);


--
-- Name: delivery_id; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.delivery_id
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: delivery; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.delivery (
    id bigint DEFAULT nextval('public.delivery_id'::regclass) NOT NULL,
    uid uuid DEFAULT gen_random_uuid() NOT NULL,
    channel text NOT NULL,
    person text,
    endpoint text,
    type text NOT NULL,
    directive text,
    assignment text,
    desk text,
    seq integer,
    data jsonb NOT NULL,
    at timestamp with time zone NOT NULL,
    made_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    due_at timestamp with time zone NOT NULL,
    digest boolean DEFAULT false NOT NULL,
    chain jsonb DEFAULT '[]'::jsonb NOT NULL,
    collapse text,
    state text NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    leased_until timestamp with time zone,
    sent_at timestamp with time zone,
    said text,
    goes_with bigint,
    follows bigint,
    CONSTRAINT delivery_channel_check CHECK ((channel = ANY (ARRAY['mail'::text, 'dingtalk'::text, 'wecom'::text, 'feishu'::text, 'webhook'::text]))),
    CONSTRAINT delivery_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'sent'::text, 'failed'::text, 'collapsed'::text, 'suppressed'::text])))
);


--
-- Name: desk; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.desk (
    id text NOT NULL,
    directive text NOT NULL,
    kind text NOT NULL,
    node text,
    parent text,
    issued boolean DEFAULT false NOT NULL,
    unsettled integer NOT NULL,
    complete boolean DEFAULT false NOT NULL,
    orders integer DEFAULT 0 NOT NULL,
    seq integer DEFAULT 0 NOT NULL,
    hash bytea DEFAULT '\x'::bytea NOT NULL,
    last_at timestamp with time zone,
    asked integer DEFAULT 1 NOT NULL,
    asked_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    looked integer DEFAULT 0 NOT NULL,
    looked_at timestamp with time zone,
    planned_at timestamp with time zone,
    ended boolean DEFAULT false NOT NULL,
    nudged_at timestamp with time zone,
    nudges integer DEFAULT 0 NOT NULL,
    CONSTRAINT desk_kind_check CHECK ((kind = ANY (ARRAY['directive'::text, 'taskForce'::text, 'unit'::text])))
);


--
-- Name: directive; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.directive (
    id text NOT NULL,
    number text NOT NULL,
    title text NOT NULL,
    request jsonb NOT NULL,
    items jsonb NOT NULL,
    superior text,
    office text NOT NULL,
    urgency text NOT NULL,
    calendar text NOT NULL,
    policy jsonb NOT NULL,
    phase text NOT NULL,
    orders jsonb DEFAULT '[]'::jsonb NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    received_at timestamp with time zone NOT NULL,
    issued_at timestamp with time zone,
    due_at timestamp with time zone,
    office_due_at timestamp with time zone,
    closed_at timestamp with time zone,
    made_by text NOT NULL,
    made_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    handed_up integer DEFAULT 0 NOT NULL,
    calendar_version integer DEFAULT 1 NOT NULL,
    CONSTRAINT directive_phase_check CHECK ((phase = ANY (ARRAY['draft'::text, 'open'::text, 'closed'::text, 'cancelled'::text])))
);


--
-- Name: element; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.element (
    key text NOT NULL,
    label text NOT NULL,
    meaning text,
    type text NOT NULL,
    unit text,
    source_unit text,
    version integer NOT NULL,
    made_by text NOT NULL,
    made_at timestamp with time zone NOT NULL
);


--
-- Name: endpoint; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.endpoint (
    seq bigint NOT NULL,
    id text NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    place text,
    url text NOT NULL,
    secret text,
    types text[],
    made_by text NOT NULL,
    made_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    removed_at timestamp with time zone,
    full_at timestamp with time zone DEFAULT '-infinity'::timestamp with time zone NOT NULL,
    CONSTRAINT endpoint_kind_check CHECK ((kind = ANY (ARRAY['dingtalk'::text, 'wecom'::text, 'feishu'::text, 'webhook'::text])))
);


--
-- Name: endpoint_seq_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.endpoint ALTER COLUMN seq ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.endpoint_seq_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: event; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.event (
    directive text NOT NULL,
    desk text NOT NULL,
    seq integer NOT NULL,
    epoch integer NOT NULL,
    tx xid8 NOT NULL,
    assignment text,
    type text NOT NULL,
    actor text,
    token text,
    command text,
    received timestamp with time zone NOT NULL,
    at timestamp with time zone NOT NULL,
    data jsonb NOT NULL,
    hash bytea NOT NULL
);


--
-- Name: file; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.file (
    id text NOT NULL,
    name text NOT NULL,
    size bigint NOT NULL,
    sha256 text NOT NULL,
    media_type text NOT NULL,
    by text NOT NULL,
    at timestamp with time zone DEFAULT now() NOT NULL
);


--
-- Name: form; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.form (
    name text NOT NULL,
    version integer NOT NULL,
    title text NOT NULL,
    form jsonb NOT NULL,
    note text,
    office text,
    cloned_from jsonb,
    made_by text NOT NULL,
    made_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);


--
-- Name: hand_up; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.hand_up (
    directive text NOT NULL,
    n integer NOT NULL,
    kind text NOT NULL,
    content jsonb NOT NULL,
    digest text NOT NULL,
    note text,
    by text,
    at timestamp with time zone NOT NULL,
    CONSTRAINT hand_up_kind_check CHECK ((kind = ANY (ARRAY['handed-up'::text, 'restated'::text])))
);


--
-- Name: installation; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.installation (
    is_only boolean DEFAULT true NOT NULL,
    epoch integer DEFAULT 1 NOT NULL,
    organisation_version bigint DEFAULT 1 NOT NULL,
    sign_in_version bigint DEFAULT 1 NOT NULL,
    name text,
    routing_version bigint DEFAULT 1 NOT NULL,
    CONSTRAINT installation_is_only_check CHECK (is_only)
);


--
-- Name: link; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.link (
    id text NOT NULL,
    directive text NOT NULL,
    assignment text NOT NULL,
    person text NOT NULL,
    action text NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    made_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT link_action_check CHECK ((action = 'acknowledge'::text))
);


--
-- Name: link_guess; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.link_guess (
    address text NOT NULL,
    at timestamp with time zone DEFAULT now() NOT NULL
);


--
-- Name: link_secret; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.link_secret (
    is_only boolean DEFAULT true NOT NULL,
    secret bytea NOT NULL,
    CONSTRAINT link_secret_is_only_check CHECK (is_only),
    CONSTRAINT link_secret_secret_check CHECK ((octet_length(secret) = 32))
);


--
-- Name: login_failure; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.login_failure (
    login text NOT NULL,
    address text NOT NULL,
    at timestamp with time zone DEFAULT now() NOT NULL
);


--
-- Name: migration; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.migration (
    id integer NOT NULL,
    name character varying(255) NOT NULL,
    run_on timestamp without time zone NOT NULL
);


--
-- Name: migration_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.migration_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: migration_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.migration_id_seq OWNED BY public.migration.id;


--
-- Name: notification; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.notification (
    id bigint NOT NULL,
    epoch integer NOT NULL,
    tx xid8 NOT NULL,
    person text NOT NULL,
    type text NOT NULL,
    directive text,
    assignment text,
    data jsonb NOT NULL,
    at timestamp with time zone NOT NULL,
    read_at timestamp with time zone
);


--
-- Name: notification_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.notification ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.notification_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: person; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.person (
    seq bigint NOT NULL,
    id text NOT NULL,
    name text NOT NULL,
    unit text,
    login text NOT NULL,
    phone text,
    email text
);


--
-- Name: person_seq_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.person ALTER COLUMN seq ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.person_seq_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: plan; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.plan (
    desk text NOT NULL,
    directive text NOT NULL,
    rows jsonb NOT NULL
);


--
-- Name: policy; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.policy (
    name text NOT NULL,
    version integer NOT NULL,
    body jsonb NOT NULL,
    at timestamp with time zone DEFAULT now() NOT NULL,
    by text
);


--
-- Name: post; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.post (
    id bigint NOT NULL,
    unit text,
    task_force text,
    role text NOT NULL,
    person text NOT NULL,
    starts text,
    ends text
);


--
-- Name: post_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.post ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.post_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: preference; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.preference (
    person text NOT NULL,
    body jsonb NOT NULL,
    version bigint NOT NULL
);


--
-- Name: session; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.session (
    hash text NOT NULL,
    person text NOT NULL,
    made_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone NOT NULL
);


--
-- Name: slip; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.slip (
    id text NOT NULL,
    seq integer NOT NULL,
    directive text NOT NULL,
    assignment text NOT NULL,
    path text[] NOT NULL,
    office text NOT NULL,
    year smallint NOT NULL,
    number integer NOT NULL,
    color text NOT NULL,
    holder text NOT NULL,
    issuer text NOT NULL,
    clock text NOT NULL,
    facts jsonb NOT NULL,
    at timestamp with time zone NOT NULL,
    countersigned_at timestamp with time zone,
    countersigned_by text,
    CONSTRAINT slip_color_check CHECK ((color = ANY (ARRAY['blue'::text, 'yellow'::text, 'red'::text])))
);


--
-- Name: slip_counter; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.slip_counter (
    office text NOT NULL,
    year smallint NOT NULL,
    last integer NOT NULL
);


--
-- Name: submission; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.submission (
    directive text NOT NULL,
    assignment text NOT NULL,
    version integer NOT NULL,
    kind text NOT NULL,
    content jsonb NOT NULL,
    by text,
    at timestamp with time zone NOT NULL,
    CONSTRAINT submission_kind_check CHECK ((kind = ANY (ARRAY['report'::text, 'roll-up'::text, 'part'::text])))
);


--
-- Name: task_force; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.task_force (
    seq bigint NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    office text NOT NULL,
    lead_unit text,
    members text[] DEFAULT '{}'::text[] NOT NULL,
    established text,
    sunset jsonb
);


--
-- Name: task_force_seq_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.task_force ALTER COLUMN seq ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.task_force_seq_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: template; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.template (
    form text NOT NULL,
    name text NOT NULL,
    version integer NOT NULL,
    kind text NOT NULL,
    file text NOT NULL,
    mapping jsonb NOT NULL,
    office text,
    made_by text NOT NULL,
    made_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT template_kind_check CHECK ((kind = ANY (ARRAY['xlsx'::text, 'docx'::text])))
);


--
-- Name: token; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.token (
    seq bigint NOT NULL,
    id text NOT NULL,
    hash text NOT NULL,
    name text NOT NULL,
    person text NOT NULL,
    made_by text NOT NULL,
    made_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone,
    revoked_at timestamp with time zone
);


--
-- Name: token_seq_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.token ALTER COLUMN seq ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.token_seq_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: unit; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.unit (
    seq bigint NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    parent text
);


--
-- Name: unit_seq_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.unit ALTER COLUMN seq ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.unit_seq_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: verdict; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.verdict (
    id text NOT NULL,
    request text NOT NULL,
    status integer NOT NULL,
    code text,
    body jsonb,
    at timestamp with time zone DEFAULT now() NOT NULL
);


--
-- Name: migration id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.migration ALTER COLUMN id SET DEFAULT nextval('public.migration_id_seq'::regclass);


--
-- Data for Name: account; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.account (person, password_hash, must_change, changed_at) FROM stdin;
admin	$argon2id$v=19$m=19456,t=2,p=1$Z391ZWNVoExruN3QzGZddg$oNZCDbm9tjrgp3MIDsP1KeisHBhG3nucxwaHEd3eeVQ	f	2026-11-30 09:52:36.719668+00
\.


--
-- Data for Name: amendment; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.amendment (directive, n, before, after, note, by, at) FROM stdin;
\.


--
-- Data for Name: assignment; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.assignment (directive, id, desk, parent, item, task_force, unit, holder, level, node, own_desk, phase, settled, due_at, next_wake, unsettled, approved, current, escalation, state, fault, fault_at, part, suspended, transfer_to, asked) FROM stdin;
half	half.sites.TF	half	\N	sites	TF	\N	taskForce/TF	1	t	half.sites.TF	issued	f	2036-11-27 09:52:40.033+00	2036-11-27 09:52:40.033+00	0	0	0	0	{"id": "half.sites.TF", "copy": null, "item": "sites", "node": true, "unit": null, "basis": {"by": "margin", "ms": 0}, "dueAt": 2111392360033, "phase": "issued", "taken": {}, "holder": "taskForce/TF", "onTime": null, "orders": [], "parent": null, "carried": {}, "closing": null, "current": 0, "overdue": false, "version": 1, "approved": 0, "issuedAt": 1796032360033, "reminded": 0, "returned": null, "directive": "half", "settledAt": null, "taskForce": "TF", "correcting": false, "escalation": 0, "submittedAt": null, "acknowledgeBy": null, "acknowledgedAt": null}	\N	\N	0	f	\N	f
half	half.sites.TF.S2	half.sites.TF	half.sites.TF	sites	TF	S2	unit/S2	2	t	\N	issued	f	2036-11-27 09:52:40.033+00	2036-11-27 09:52:40.033+00	2	0	0	0	{"id": "half.sites.TF.S2", "copy": null, "item": "sites", "node": true, "unit": "S2", "basis": {"by": "margin", "ms": 0}, "dueAt": 2111392360033, "phase": "issued", "taken": {}, "holder": "unit/S2", "onTime": null, "orders": [], "parent": "half.sites.TF", "carried": {}, "closing": null, "current": 0, "overdue": false, "version": 1, "approved": 0, "issuedAt": 1796032360033, "reminded": 0, "returned": null, "directive": "half", "settledAt": null, "taskForce": "TF", "correcting": false, "escalation": 0, "submittedAt": null, "acknowledgeBy": null, "acknowledgedAt": null}	\N	\N	0	f	\N	f
half	half.sites.TF.S2.S2-1	half.sites.TF	half.sites.TF.S2	sites	TF	S2-1	unit/S2-1	3	f	\N	issued	f	2036-11-27 09:52:40.033+00	2036-11-27 09:52:40.033+00	0	0	0	0	{"id": "half.sites.TF.S2.S2-1", "copy": null, "item": "sites", "node": false, "unit": "S2-1", "basis": {"by": "margin", "ms": 0}, "dueAt": 2111392360033, "phase": "issued", "taken": {}, "holder": "unit/S2-1", "onTime": null, "orders": [], "parent": "half.sites.TF.S2", "carried": {}, "closing": null, "current": 0, "overdue": false, "version": 1, "approved": 0, "issuedAt": 1796032360033, "reminded": 0, "returned": null, "directive": "half", "settledAt": null, "taskForce": "TF", "correcting": false, "escalation": 0, "submittedAt": null, "acknowledgeBy": null, "acknowledgedAt": null}	\N	\N	0	f	\N	f
half	half.sites.TF.S1.S1-1	half.sites.TF	half.sites.TF.S1	sites	TF	S1-1	unit/S1-1	3	f	\N	approved	t	2036-11-27 09:52:40.033+00	\N	0	1	1	0	{"id": "half.sites.TF.S1.S1-1", "copy": null, "item": "sites", "node": false, "unit": "S1-1", "basis": {"by": "margin", "ms": 0}, "dueAt": 2111392360033, "phase": "approved", "taken": {}, "holder": "unit/S1-1", "onTime": true, "orders": [], "parent": "half.sites.TF.S1", "carried": {}, "closing": null, "current": 1, "overdue": false, "version": 3, "approved": 1, "issuedAt": 1796032360033, "reminded": 0, "returned": null, "directive": "half", "settledAt": 1796032363287, "taskForce": "TF", "correcting": false, "escalation": 0, "submittedAt": 1796032363287, "acknowledgeBy": null, "acknowledgedAt": 1796032363204}	\N	\N	0	f	\N	f
half	half.sites.TF.S1	half.sites.TF	half.sites.TF	sites	TF	S1	unit/S1	2	t	\N	issued	f	2036-11-27 09:52:40.033+00	2036-11-27 09:52:40.033+00	1	0	0	0	{"id": "half.sites.TF.S1", "copy": null, "item": "sites", "node": true, "unit": "S1", "basis": {"by": "margin", "ms": 0}, "dueAt": 2111392360033, "phase": "issued", "taken": {}, "holder": "unit/S1", "onTime": null, "orders": [], "parent": "half.sites.TF", "carried": {}, "closing": null, "current": 0, "overdue": false, "version": 1, "approved": 0, "issuedAt": 1796032360033, "reminded": 0, "returned": null, "directive": "half", "settledAt": null, "taskForce": "TF", "correcting": false, "escalation": 0, "submittedAt": null, "acknowledgeBy": null, "acknowledgedAt": null}	\N	\N	0	f	\N	f
half	half.sites.TF.S1.S1-2	half.sites.TF	half.sites.TF.S1	sites	TF	S1-2	unit/S1-2	3	f	\N	approved	t	2036-11-27 09:52:40.033+00	\N	0	1	1	0	{"id": "half.sites.TF.S1.S1-2", "copy": null, "item": "sites", "node": false, "unit": "S1-2", "basis": {"by": "margin", "ms": 0}, "dueAt": 2111392360033, "phase": "approved", "taken": {}, "holder": "unit/S1-2", "onTime": true, "orders": [], "parent": "half.sites.TF.S1", "carried": {}, "closing": null, "current": 1, "overdue": false, "version": 3, "approved": 1, "issuedAt": 1796032360033, "reminded": 0, "returned": null, "directive": "half", "settledAt": 1796032363500, "taskForce": "TF", "correcting": false, "escalation": 0, "submittedAt": 1796032363500, "acknowledgeBy": null, "acknowledgedAt": 1796032363383}	\N	\N	0	f	\N	f
half	half.sites.TF.S2.S2-2	half.sites.TF	half.sites.TF.S2	sites	TF	S2-2	unit/S2-2	3	f	\N	issued	f	2036-11-27 09:52:40.033+00	2036-11-27 09:52:40.033+00	0	0	0	0	{"id": "half.sites.TF.S2.S2-2", "copy": null, "item": "sites", "node": false, "unit": "S2-2", "basis": {"by": "margin", "ms": 0}, "dueAt": 2111392360033, "phase": "issued", "taken": {}, "holder": "unit/S2-2", "onTime": null, "orders": [], "parent": "half.sites.TF.S2", "carried": {}, "closing": null, "current": 0, "overdue": false, "version": 1, "approved": 0, "issuedAt": 1796032360033, "reminded": 0, "returned": null, "directive": "half", "settledAt": null, "taskForce": "TF", "correcting": false, "escalation": 0, "submittedAt": null, "acknowledgeBy": null, "acknowledgedAt": null}	\N	\N	0	f	\N	f
done	done.sites.TF	done	\N	sites	TF	\N	taskForce/TF	1	t	done.sites.TF	approved	t	2036-11-27 09:52:41.436+00	\N	0	1	1	0	{"id": "done.sites.TF", "copy": {"final": true, "digest": "fd77293ca839a99ea5faea038296f3aab0716f9ad053a9026ed4073198e4b06c"}, "item": "sites", "node": true, "unit": null, "basis": {"by": "margin", "ms": 0}, "dueAt": 2111392361436, "phase": "approved", "taken": {}, "holder": "taskForce/TF", "onTime": true, "orders": [], "parent": null, "carried": {}, "closing": null, "current": 1, "overdue": false, "version": 2, "approved": 1, "issuedAt": 1796032361436, "reminded": 0, "returned": null, "directive": "done", "settledAt": 1796032363511, "taskForce": "TF", "correcting": false, "escalation": 0, "submittedAt": 1796032363511, "acknowledgeBy": null, "acknowledgedAt": 1796032363511}	\N	\N	0	f	\N	f
done	done.sites.TF.S1.S1-1	done.sites.TF	done.sites.TF.S1	sites	TF	S1-1	unit/S1-1	3	f	\N	approved	t	2036-11-27 09:52:41.436+00	\N	0	1	1	0	{"id": "done.sites.TF.S1.S1-1", "copy": null, "item": "sites", "node": false, "unit": "S1-1", "basis": {"by": "margin", "ms": 0}, "dueAt": 2111392361436, "phase": "approved", "taken": {}, "holder": "unit/S1-1", "onTime": true, "orders": [], "parent": "done.sites.TF.S1", "carried": {}, "closing": null, "current": 1, "overdue": false, "version": 2, "approved": 1, "issuedAt": 1796032361436, "reminded": 0, "returned": null, "directive": "done", "settledAt": 1796032362034, "taskForce": "TF", "correcting": false, "escalation": 0, "submittedAt": 1796032362034, "acknowledgeBy": null, "acknowledgedAt": 1796032362034}	\N	\N	0	f	\N	f
done	done.sites.TF.S2	done.sites.TF	done.sites.TF	sites	TF	S2	unit/S2	2	t	\N	approved	t	2036-11-27 09:52:41.436+00	\N	0	1	1	0	{"id": "done.sites.TF.S2", "copy": {"final": true, "digest": "22e2bd46dc9c692cfccb848b9a851c4c9c0c7c10c54d79797512729e72fc00a6"}, "item": "sites", "node": true, "unit": "S2", "basis": {"by": "margin", "ms": 0}, "dueAt": 2111392361436, "phase": "approved", "taken": {}, "holder": "unit/S2", "onTime": true, "orders": [], "parent": "done.sites.TF", "carried": {}, "closing": null, "current": 1, "overdue": false, "version": 2, "approved": 1, "issuedAt": 1796032361436, "reminded": 0, "returned": null, "directive": "done", "settledAt": 1796032363369, "taskForce": "TF", "correcting": false, "escalation": 0, "submittedAt": 1796032363369, "acknowledgeBy": null, "acknowledgedAt": 1796032363369}	\N	\N	0	f	\N	f
done	done.sites.TF.S1.S1-2	done.sites.TF	done.sites.TF.S1	sites	TF	S1-2	unit/S1-2	3	f	\N	approved	t	2036-11-27 09:52:41.436+00	\N	0	1	1	0	{"id": "done.sites.TF.S1.S1-2", "copy": null, "item": "sites", "node": false, "unit": "S1-2", "basis": {"by": "margin", "ms": 0}, "dueAt": 2111392361436, "phase": "approved", "taken": {}, "holder": "unit/S1-2", "onTime": true, "orders": [], "parent": "done.sites.TF.S1", "carried": {}, "closing": null, "current": 1, "overdue": false, "version": 2, "approved": 1, "issuedAt": 1796032361436, "reminded": 0, "returned": null, "directive": "done", "settledAt": 1796032362278, "taskForce": "TF", "correcting": false, "escalation": 0, "submittedAt": 1796032362278, "acknowledgeBy": null, "acknowledgedAt": 1796032362278}	\N	\N	0	f	\N	f
done	done.sites.TF.S1.S1-3	done.sites.TF	done.sites.TF.S1	sites	TF	S1-3	unit/S1-3	3	f	\N	approved	t	2036-11-27 09:52:41.436+00	\N	0	1	1	0	{"id": "done.sites.TF.S1.S1-3", "copy": null, "item": "sites", "node": false, "unit": "S1-3", "basis": {"by": "margin", "ms": 0}, "dueAt": 2111392361436, "phase": "approved", "taken": {}, "holder": "unit/S1-3", "onTime": true, "orders": [], "parent": "done.sites.TF.S1", "carried": {}, "closing": null, "current": 1, "overdue": false, "version": 2, "approved": 1, "issuedAt": 1796032361436, "reminded": 0, "returned": null, "directive": "done", "settledAt": 1796032362444, "taskForce": "TF", "correcting": false, "escalation": 0, "submittedAt": 1796032362444, "acknowledgeBy": null, "acknowledgedAt": 1796032362444}	\N	\N	0	f	\N	f
done	done.sites.TF.S2.S2-1	done.sites.TF	done.sites.TF.S2	sites	TF	S2-1	unit/S2-1	3	f	\N	approved	t	2036-11-27 09:52:41.436+00	\N	0	1	1	0	{"id": "done.sites.TF.S2.S2-1", "copy": null, "item": "sites", "node": false, "unit": "S2-1", "basis": {"by": "margin", "ms": 0}, "dueAt": 2111392361436, "phase": "approved", "taken": {}, "holder": "unit/S2-1", "onTime": true, "orders": [], "parent": "done.sites.TF.S2", "carried": {}, "closing": null, "current": 1, "overdue": false, "version": 2, "approved": 1, "issuedAt": 1796032361436, "reminded": 0, "returned": null, "directive": "done", "settledAt": 1796032362617, "taskForce": "TF", "correcting": false, "escalation": 0, "submittedAt": 1796032362617, "acknowledgeBy": null, "acknowledgedAt": 1796032362617}	\N	\N	0	f	\N	f
done	done.sites.TF.S1	done.sites.TF	done.sites.TF	sites	TF	S1	unit/S1	2	t	\N	approved	t	2036-11-27 09:52:41.436+00	\N	0	1	1	0	{"id": "done.sites.TF.S1", "copy": {"final": true, "digest": "c1f4c9da8093ebf235405b6c8499c11d1cd6b35fd6b8e6adc2eece0385b4d0b7"}, "item": "sites", "node": true, "unit": "S1", "basis": {"by": "margin", "ms": 0}, "dueAt": 2111392361436, "phase": "approved", "taken": {}, "holder": "unit/S1", "onTime": true, "orders": [], "parent": "done.sites.TF", "carried": {}, "closing": null, "current": 1, "overdue": false, "version": 2, "approved": 1, "issuedAt": 1796032361436, "reminded": 0, "returned": null, "directive": "done", "settledAt": 1796032362962, "taskForce": "TF", "correcting": false, "escalation": 0, "submittedAt": 1796032362962, "acknowledgeBy": null, "acknowledgedAt": 1796032362962}	\N	\N	0	f	\N	f
done	done.sites.TF.S2.S2-2	done.sites.TF	done.sites.TF.S2	sites	TF	S2-2	unit/S2-2	3	f	\N	approved	t	2036-11-27 09:52:41.436+00	\N	0	1	1	0	{"id": "done.sites.TF.S2.S2-2", "copy": null, "item": "sites", "node": false, "unit": "S2-2", "basis": {"by": "margin", "ms": 0}, "dueAt": 2111392361436, "phase": "approved", "taken": {}, "holder": "unit/S2-2", "onTime": true, "orders": [], "parent": "done.sites.TF.S2", "carried": {}, "closing": null, "current": 1, "overdue": false, "version": 2, "approved": 1, "issuedAt": 1796032361436, "reminded": 0, "returned": null, "directive": "done", "settledAt": 1796032363034, "taskForce": "TF", "correcting": false, "escalation": 0, "submittedAt": 1796032363034, "acknowledgeBy": null, "acknowledgedAt": 1796032363034}	\N	\N	0	f	\N	f
half	half.sites.TF.S1.S1-3	half.sites.TF	half.sites.TF.S1	sites	TF	S1-3	unit/S1-3	3	f	\N	issued	f	2036-11-27 09:52:40.033+00	2036-11-27 09:52:40.033+00	0	0	0	0	{"id": "half.sites.TF.S1.S1-3", "copy": null, "item": "sites", "node": false, "unit": "S1-3", "basis": {"by": "margin", "ms": 0}, "dueAt": 2111392360033, "phase": "issued", "taken": {}, "holder": "unit/S1-3", "onTime": null, "orders": [], "parent": "half.sites.TF.S1", "carried": {}, "closing": null, "current": 0, "overdue": false, "version": 2, "approved": 0, "issuedAt": 1796032360033, "progress": {"at": 1796032363610, "by": "P", "note": "在办", "percent": null}, "reminded": 0, "returned": null, "directive": "half", "settledAt": null, "taskForce": "TF", "correcting": false, "escalation": 0, "submittedAt": null, "acknowledgeBy": null, "acknowledgedAt": null}	\N	\N	0	f	\N	f
\.


--
-- Data for Name: attachment; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.attachment (file, directive, assignment) FROM stdin;
\.


--
-- Data for Name: calendar; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.calendar (id, version, body, note, at, by) FROM stdin;
\.


--
-- Data for Name: delivery; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.delivery (id, uid, channel, person, endpoint, type, directive, assignment, desk, seq, data, at, made_at, due_at, digest, chain, collapse, state, attempts, leased_until, sent_at, said, goes_with, follows) FROM stdin;
\.


--
-- Data for Name: desk; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.desk (id, directive, kind, node, parent, issued, unsettled, complete, orders, seq, hash, last_at, asked, asked_at, looked, looked_at, planned_at, ended, nudged_at, nudges) FROM stdin;
half	half	directive	\N	\N	t	2	f	0	1	\\x0a607e1ed065a600f5c2873863c8c21e987d92df0171f651688317ca1b390e1e	2026-11-30 09:52:40.033+00	1	2026-11-30 09:52:40.05998+00	1	2026-11-30 09:52:41.306825+00	2036-11-27 09:52:40.033+00	f	\N	0
half.sites.TF	half	taskForce	half.sites.TF	half	t	5	f	0	14	\\x627f147780d1f4d5b44dd5752cceeb4828733b8a3ba7da777b075970b64d0bd9	2026-11-30 09:52:43.61+00	1	2026-11-30 09:52:40.060273+00	1	2026-11-30 09:52:41.768543+00	2036-11-27 09:52:40.033+00	f	\N	0
done	done	directive	\N	\N	t	0	f	0	4	\\xb21bdd12031a473f42b8ba13a549fdffc62d9ff58a9d2bfd4e2e3b4b3db41944	2026-11-30 09:52:43.71+00	3	2026-11-30 09:52:43.53935+00	3	2026-11-30 09:52:43.866028+00	\N	t	\N	0
done.sites.TF	done	taskForce	done.sites.TF	done	t	0	t	0	26	\\x21a6fceeabfeca5cd5c76eb85e7ae1b904ff7bb305d1ad415c85e3a1d1b76568	2026-11-30 09:52:43.369+00	5	2026-11-30 09:52:41.422503+00	5	2026-11-30 09:52:44.046106+00	\N	t	\N	0
\.


--
-- Data for Name: directive; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.directive (id, number, title, request, items, superior, office, urgency, calendar, policy, phase, orders, version, received_at, issued_at, due_at, office_due_at, closed_at, made_by, made_at, handed_up, calendar_version) FROM stdin;
half	L-6707be86156d	志愿者站点	{"id": "half", "due": {"within": "P3650D"}, "items": [{"key": "sites", "form": {"rules": [], "fields": [{"key": "n", "type": "integer", "label": "数", "required": true, "timeAxis": "snapshot", "aggregate": "sum", "sensitive": false}]}, "title": "站点", "review": "auto", "rollUp": "auto", "dispatch": [{"receivers": {"group": "street", "except": [], "receivers": "children"}, "taskForce": "TF"}], "zeroReport": false, "attachments": []}], "title": "志愿者站点", "number": "L-6707be86156d", "policy": {"ladder": [], "margins": [], "signWithin": null, "decideWithin": null, "remindBefore": [], "reviewWithin": null, "correctionsFor": "PT0S", "acknowledgeWithin": null}, "urgency": "normal", "calendar": "always", "attachments": []}	[{"key": "sites", "form": {"rules": [], "fields": [{"key": "n", "type": "integer", "label": "数", "required": true, "timeAxis": "snapshot", "aggregate": "sum", "sensitive": false}]}, "title": "站点", "review": "auto", "rollUp": "auto", "zeroReport": false, "attachments": []}]	\N	OFFICE	normal	always	{"ladder": [], "margins": [], "signWithin": null, "decideWithin": null, "remindBefore": [], "reviewWithin": null, "correctionsFor": "PT0S", "acknowledgeWithin": null}	open	[]	1	2026-11-30 09:52:40.033+00	2026-11-30 09:52:40.033+00	2036-11-27 09:52:40.033+00	2036-11-27 09:52:40.033+00	\N	P	2026-11-30 09:52:40.056606+00	0	1
done	L-57010a79d8c5	志愿者站点	{"id": "done", "due": {"within": "P3650D"}, "items": [{"key": "sites", "form": {"rules": [], "fields": [{"key": "n", "type": "integer", "label": "数", "required": true, "timeAxis": "snapshot", "aggregate": "sum", "sensitive": false}]}, "title": "站点", "review": "auto", "rollUp": "auto", "dispatch": [{"receivers": {"group": "street", "except": [], "receivers": "children"}, "taskForce": "TF"}], "zeroReport": false, "attachments": []}], "title": "志愿者站点", "number": "L-57010a79d8c5", "policy": {"ladder": [], "margins": [], "signWithin": null, "decideWithin": null, "remindBefore": [], "reviewWithin": null, "correctionsFor": "PT0S", "acknowledgeWithin": null}, "urgency": "normal", "calendar": "always", "attachments": []}	[{"key": "sites", "form": {"rules": [], "fields": [{"key": "n", "type": "integer", "label": "数", "required": true, "timeAxis": "snapshot", "aggregate": "sum", "sensitive": false}]}, "title": "站点", "review": "auto", "rollUp": "auto", "zeroReport": false, "attachments": []}]	\N	OFFICE	normal	always	{"ladder": [], "margins": [], "signWithin": null, "decideWithin": null, "remindBefore": [], "reviewWithin": null, "correctionsFor": "PT0S", "acknowledgeWithin": null}	closed	[]	1	2026-11-30 09:52:41.436+00	2026-11-30 09:52:41.436+00	2036-11-27 09:52:41.436+00	2036-11-27 09:52:41.436+00	2026-11-30 09:52:43.71+00	P	2026-11-30 09:52:41.422071+00	0	1
\.


--
-- Data for Name: element; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.element (key, label, meaning, type, unit, source_unit, version, made_by, made_at) FROM stdin;
\.


--
-- Data for Name: endpoint; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.endpoint (seq, id, kind, name, place, url, secret, types, made_by, made_at, removed_at, full_at) FROM stdin;
\.


--
-- Data for Name: event; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.event (directive, desk, seq, epoch, tx, assignment, type, actor, token, command, received, at, data, hash) FROM stdin;
half	half	1	1	732	half.sites.TF	issued	P	\N	\N	2026-11-30 09:52:40.033+00	2026-11-30 09:52:40.033+00	{"item": "sites", "node": true, "unit": null, "basis": {"by": "margin", "ms": 0}, "dueAt": "2036-11-27T09:52:40.033Z", "holder": "taskForce/TF", "parent": null, "taskForce": "TF", "acknowledgeBy": null}	\\x0a607e1ed065a600f5c2873863c8c21e987d92df0171f651688317ca1b390e1e
half	half.sites.TF	1	1	734	half.sites.TF.S1	issued	P	\N	\N	2026-11-30 09:52:40.033+00	2026-11-30 09:52:40.033+00	{"item": "sites", "node": true, "unit": "S1", "basis": {"by": "margin", "ms": 0}, "dueAt": "2036-11-27T09:52:40.033Z", "holder": "unit/S1", "parent": "half.sites.TF", "taskForce": "TF", "acknowledgeBy": null}	\\x4341b96320fcc388f12273af81fe1c27bed18f0a72f7c8346a0347f408834dc3
half	half.sites.TF	2	1	734	half.sites.TF.S1.S1-1	issued	P	\N	\N	2026-11-30 09:52:40.033+00	2026-11-30 09:52:40.033+00	{"item": "sites", "node": false, "unit": "S1-1", "basis": {"by": "margin", "ms": 0}, "dueAt": "2036-11-27T09:52:40.033Z", "holder": "unit/S1-1", "parent": "half.sites.TF.S1", "taskForce": "TF", "acknowledgeBy": null}	\\x24200c26a7ebc5180a3a78c56bed098f32513eb9925e3b347a93697f9fc0d390
half	half.sites.TF	3	1	734	half.sites.TF.S1.S1-2	issued	P	\N	\N	2026-11-30 09:52:40.033+00	2026-11-30 09:52:40.033+00	{"item": "sites", "node": false, "unit": "S1-2", "basis": {"by": "margin", "ms": 0}, "dueAt": "2036-11-27T09:52:40.033Z", "holder": "unit/S1-2", "parent": "half.sites.TF.S1", "taskForce": "TF", "acknowledgeBy": null}	\\x8ea066722270802f517fe6bcf2d2515442aa9bf556a1614f521e8451236c9e30
half	half.sites.TF	4	1	734	half.sites.TF.S1.S1-3	issued	P	\N	\N	2026-11-30 09:52:40.033+00	2026-11-30 09:52:40.033+00	{"item": "sites", "node": false, "unit": "S1-3", "basis": {"by": "margin", "ms": 0}, "dueAt": "2036-11-27T09:52:40.033Z", "holder": "unit/S1-3", "parent": "half.sites.TF.S1", "taskForce": "TF", "acknowledgeBy": null}	\\x5d94d1b6fde56048f886fe3ad74d5d13d61ca6ecbad9a6af53c8640f699db92c
half	half.sites.TF	5	1	734	half.sites.TF.S2	issued	P	\N	\N	2026-11-30 09:52:40.033+00	2026-11-30 09:52:40.033+00	{"item": "sites", "node": true, "unit": "S2", "basis": {"by": "margin", "ms": 0}, "dueAt": "2036-11-27T09:52:40.033Z", "holder": "unit/S2", "parent": "half.sites.TF", "taskForce": "TF", "acknowledgeBy": null}	\\x5b1a781f87fd91d5cc2ec074d2411f7069873af92baf994aea6f92c7eeb968a9
half	half.sites.TF	6	1	734	half.sites.TF.S2.S2-1	issued	P	\N	\N	2026-11-30 09:52:40.033+00	2026-11-30 09:52:40.033+00	{"item": "sites", "node": false, "unit": "S2-1", "basis": {"by": "margin", "ms": 0}, "dueAt": "2036-11-27T09:52:40.033Z", "holder": "unit/S2-1", "parent": "half.sites.TF.S2", "taskForce": "TF", "acknowledgeBy": null}	\\xeee8b081b76a7f7015c3f286bfdfb4a9530c7b3b4b16d1f6187f3f37d14ad2fb
half	half.sites.TF	7	1	734	half.sites.TF.S2.S2-2	issued	P	\N	\N	2026-11-30 09:52:40.033+00	2026-11-30 09:52:40.033+00	{"item": "sites", "node": false, "unit": "S2-2", "basis": {"by": "margin", "ms": 0}, "dueAt": "2036-11-27T09:52:40.033Z", "holder": "unit/S2-2", "parent": "half.sites.TF.S2", "taskForce": "TF", "acknowledgeBy": null}	\\x9051ac4e17689e4676ccdefed6bd58558b00b577cc565f6a3f970f47cc0acfc9
done	done	1	1	736	done.sites.TF	issued	P	\N	\N	2026-11-30 09:52:41.436+00	2026-11-30 09:52:41.436+00	{"item": "sites", "node": true, "unit": null, "basis": {"by": "margin", "ms": 0}, "dueAt": "2036-11-27T09:52:41.436Z", "holder": "taskForce/TF", "parent": null, "taskForce": "TF", "acknowledgeBy": null}	\\x3c88c302a1cd3a27054bcdb623af27c598ee6f7a1aa5638c1ab6d8914870306f
done	done.sites.TF	1	1	739	done.sites.TF.S1	issued	P	\N	\N	2026-11-30 09:52:41.436+00	2026-11-30 09:52:41.436+00	{"item": "sites", "node": true, "unit": "S1", "basis": {"by": "margin", "ms": 0}, "dueAt": "2036-11-27T09:52:41.436Z", "holder": "unit/S1", "parent": "done.sites.TF", "taskForce": "TF", "acknowledgeBy": null}	\\x99dc7e909ec5743d5b8d24a656258bb68cfa620ee2a34a884af8bc2671f4dffe
done	done.sites.TF	2	1	739	done.sites.TF.S1.S1-1	issued	P	\N	\N	2026-11-30 09:52:41.436+00	2026-11-30 09:52:41.436+00	{"item": "sites", "node": false, "unit": "S1-1", "basis": {"by": "margin", "ms": 0}, "dueAt": "2036-11-27T09:52:41.436Z", "holder": "unit/S1-1", "parent": "done.sites.TF.S1", "taskForce": "TF", "acknowledgeBy": null}	\\xe38a747c7654416161c9cf34052d5445a33ec9e3864573ee87b5c55c6bef3e28
done	done.sites.TF	3	1	739	done.sites.TF.S1.S1-2	issued	P	\N	\N	2026-11-30 09:52:41.436+00	2026-11-30 09:52:41.436+00	{"item": "sites", "node": false, "unit": "S1-2", "basis": {"by": "margin", "ms": 0}, "dueAt": "2036-11-27T09:52:41.436Z", "holder": "unit/S1-2", "parent": "done.sites.TF.S1", "taskForce": "TF", "acknowledgeBy": null}	\\x50f49cb07a05aac7b9e86f1778bfe733f57ff1958ce66c418b5477b308221d89
done	done.sites.TF	4	1	739	done.sites.TF.S1.S1-3	issued	P	\N	\N	2026-11-30 09:52:41.436+00	2026-11-30 09:52:41.436+00	{"item": "sites", "node": false, "unit": "S1-3", "basis": {"by": "margin", "ms": 0}, "dueAt": "2036-11-27T09:52:41.436Z", "holder": "unit/S1-3", "parent": "done.sites.TF.S1", "taskForce": "TF", "acknowledgeBy": null}	\\x1bde9903fcbefc33aa26e5ab4e016b3c3456a4c50cac65e37a81cf1c8f2039c5
done	done.sites.TF	5	1	739	done.sites.TF.S2	issued	P	\N	\N	2026-11-30 09:52:41.436+00	2026-11-30 09:52:41.436+00	{"item": "sites", "node": true, "unit": "S2", "basis": {"by": "margin", "ms": 0}, "dueAt": "2036-11-27T09:52:41.436Z", "holder": "unit/S2", "parent": "done.sites.TF", "taskForce": "TF", "acknowledgeBy": null}	\\xcc682ebd2c6124dfc8d455da0180eecabd79c79bea4b3046a06cc16f1beeafb6
done	done.sites.TF	6	1	739	done.sites.TF.S2.S2-1	issued	P	\N	\N	2026-11-30 09:52:41.436+00	2026-11-30 09:52:41.436+00	{"item": "sites", "node": false, "unit": "S2-1", "basis": {"by": "margin", "ms": 0}, "dueAt": "2036-11-27T09:52:41.436Z", "holder": "unit/S2-1", "parent": "done.sites.TF.S2", "taskForce": "TF", "acknowledgeBy": null}	\\xcf67954de38e733123b40d1a5ca3c03de54e678a759c6597650fe074cf922b4b
done	done.sites.TF	7	1	739	done.sites.TF.S2.S2-2	issued	P	\N	\N	2026-11-30 09:52:41.436+00	2026-11-30 09:52:41.436+00	{"item": "sites", "node": false, "unit": "S2-2", "basis": {"by": "margin", "ms": 0}, "dueAt": "2036-11-27T09:52:41.436Z", "holder": "unit/S2-2", "parent": "done.sites.TF.S2", "taskForce": "TF", "acknowledgeBy": null}	\\x7797a770cdceff81136e6befa46a3570f9618f0bae1ef6c08043d60e1a074590
done	done.sites.TF	8	1	740	done.sites.TF.S1.S1-1	acknowledged	P	P	6f344a9ab9a63b6e573c6a4a16fc91e95b5515c01dbea29769a0cd60bc377957	2026-11-30 09:52:42.034+00	2026-11-30 09:52:42.034+00	{"implied": true}	\\x86f3b0edad07b807709b78aa31c4eb5f2ddd67c2ce75ef1f06e2cb51a534e374
done	done.sites.TF	9	1	740	done.sites.TF.S1.S1-1	submitted	P	P	\N	2026-11-30 09:52:42.034+00	2026-11-30 09:52:42.034+00	{"digest": "73df1f042e1af40ed20332e37ad7757f7fa6534790ac2601a6d1150fc235694d", "onTime": true, "version": 1}	\\xb6f4c6cb0e03b9f69a47cf9a76973cd4fb44ffa6e510bb3934c0e16295b23e95
done	done.sites.TF	10	1	740	done.sites.TF.S1.S1-1	approved	P	P	\N	2026-11-30 09:52:42.034+00	2026-11-30 09:52:42.034+00	{"auto": true, "version": 1}	\\x2f7f39dfb51f81f0b62506d91426c1a97f673df2122f05dbc3bea668ac878a92
done	done.sites.TF	11	1	741	done.sites.TF.S1.S1-2	acknowledged	P	P	e9fdd5becd747cce56854ccc3df613cbdb7f543995a85c2c0fe37034ec11ef60	2026-11-30 09:52:42.278+00	2026-11-30 09:52:42.278+00	{"implied": true}	\\x22d6f5a72c9847da7d9e80138ee601a9c93ea5551ea36fd911121111544c5248
done	done.sites.TF	12	1	741	done.sites.TF.S1.S1-2	submitted	P	P	\N	2026-11-30 09:52:42.278+00	2026-11-30 09:52:42.278+00	{"digest": "0b8263f584cdb7dcfbe4c757c3b7c42a8b3d25b538136059da65c5bf988c99e9", "onTime": true, "version": 1}	\\xebc66afba2eba10ea093ba5be62564e315ee83362827272caeed421ffbbf7a1e
done	done.sites.TF	13	1	741	done.sites.TF.S1.S1-2	approved	P	P	\N	2026-11-30 09:52:42.278+00	2026-11-30 09:52:42.278+00	{"auto": true, "version": 1}	\\xbeb3cdd6a6b6230c1129369ecebb22e490dbbf1aedd510cdffe7b2e07b014970
done	done.sites.TF	14	1	742	done.sites.TF.S1.S1-3	acknowledged	P	P	adbf67e125825336a4e009e66ca4d314a91339abe3f8dd1e37d05efb8de7bc7e	2026-11-30 09:52:42.444+00	2026-11-30 09:52:42.444+00	{"implied": true}	\\xe22a07b26f6e2e07623c7fc2ce2a3845c849128e0cd0e267941fe690b94d02ab
done	done.sites.TF	15	1	742	done.sites.TF.S1.S1-3	submitted	P	P	\N	2026-11-30 09:52:42.444+00	2026-11-30 09:52:42.444+00	{"digest": "bb6e733083557c770a8110bdd45fabae0bf6cea65c45ee99897c86039b495ac5", "onTime": true, "version": 1}	\\xd21c11d7eb8eeba14f0382cd60373cef6b760dae96f6ed1c6aabf73eaba4a24f
done	done.sites.TF	16	1	742	done.sites.TF.S1.S1-3	approved	P	P	\N	2026-11-30 09:52:42.444+00	2026-11-30 09:52:42.444+00	{"auto": true, "version": 1}	\\x505cf7589e77bb3153b9e96f0bbe4d06c5a2f1fd2cb641dadfff32842e85f0e8
done	done.sites.TF	17	1	744	done.sites.TF.S2.S2-1	acknowledged	P	P	0c53a70cfdcb18fc574761375ac19d6068eff49e8b32b169707e32956b3d8c3e	2026-11-30 09:52:42.617+00	2026-11-30 09:52:42.617+00	{"implied": true}	\\x74609b9a322d922f7b8408c1cf6c2cebca815db76ece02894389ee338fd8d9e8
done	done.sites.TF	18	1	744	done.sites.TF.S2.S2-1	submitted	P	P	\N	2026-11-30 09:52:42.617+00	2026-11-30 09:52:42.617+00	{"digest": "71cff6066b6b64e13b853c645d352ea7a634a30b2078517d3401aeac52e05a95", "onTime": true, "version": 1}	\\xfc3f93af4b7c53a2fb68fdb3f0f6aa0ca4e3151062af5c696b2576313a05430c
done	done.sites.TF	19	1	744	done.sites.TF.S2.S2-1	approved	P	P	\N	2026-11-30 09:52:42.617+00	2026-11-30 09:52:42.617+00	{"auto": true, "version": 1}	\\x5b8b026272d2e18a573801a64cea65be849bb04aff6dac3cc21ed6235a492542
done	done.sites.TF	22	1	746	done.sites.TF.S2.S2-2	acknowledged	P	P	5d85576a10ce4ed39c1c5a825b8b4b8ecbab98e29ecd64363ba8fbdedab47cb9	2026-11-30 09:52:43.034+00	2026-11-30 09:52:43.034+00	{"implied": true}	\\x8a9d15838560fa233bd949d8a815b9f65430bc915531460da795d7c59b467a67
done	done.sites.TF	23	1	746	done.sites.TF.S2.S2-2	submitted	P	P	\N	2026-11-30 09:52:43.034+00	2026-11-30 09:52:43.034+00	{"digest": "2dc83f9aa0d3e6c47a6364101e9770ca43d8de9d16e0bcd7bb79bcd4ce911dbe", "onTime": true, "version": 1}	\\xd8a56ee3e7fa898c9931f7a9392bdff343e5a0a926666bec9ce78cacf338b228
done	done.sites.TF	24	1	746	done.sites.TF.S2.S2-2	approved	P	P	\N	2026-11-30 09:52:43.034+00	2026-11-30 09:52:43.034+00	{"auto": true, "version": 1}	\\xcb9de9ca360b319a78ad050442f2311b8553bf6e0cce171e3709cd0757ed09e1
half	half.sites.TF	8	1	747	half.sites.TF.S1.S1-1	acknowledged	P	P	b41d29c292fee7d733103b0454b6006b083c004db88fe50870297563fd8f2b09	2026-11-30 09:52:43.204+00	2026-11-30 09:52:43.204+00	{}	\\x73a47e1d8d9425ac5715d307fffd269a658b2ef057f36641780ea91d59f1b54a
half	half.sites.TF	9	1	749	half.sites.TF.S1.S1-1	submitted	P	P	d8650b191588ecbc054f570ec43baf434e2912285239764f9102658d9cc8d438	2026-11-30 09:52:43.287+00	2026-11-30 09:52:43.287+00	{"digest": "73df1f042e1af40ed20332e37ad7757f7fa6534790ac2601a6d1150fc235694d", "onTime": true, "version": 1}	\\x2adff6c21ce96a112dbb853aeb6b4ab668e36d402e2a425a3cd34a745a116816
half	half.sites.TF	10	1	749	half.sites.TF.S1.S1-1	approved	P	P	\N	2026-11-30 09:52:43.287+00	2026-11-30 09:52:43.287+00	{"auto": true, "version": 1}	\\x5b79d986bbce6dad80b219ee314426d2f5bb3474c74b0531c35238c36ab795d9
half	half.sites.TF	11	1	751	half.sites.TF.S1.S1-2	acknowledged	P	P	d1c16c706eeb8180d89ee0b9615231c97798f900640d07d3fc8299558b0480b3	2026-11-30 09:52:43.383+00	2026-11-30 09:52:43.383+00	{}	\\x0eff13704b9dede277fa00c3629c89093346330fdf610055504e7a2a49f593ad
half	half.sites.TF	12	1	753	half.sites.TF.S1.S1-2	submitted	P	P	7f297424d4b8da04eafb0f87a8c1f39714d6330e7c3bacbabed56641ff5f75b7	2026-11-30 09:52:43.5+00	2026-11-30 09:52:43.5+00	{"digest": "0b8263f584cdb7dcfbe4c757c3b7c42a8b3d25b538136059da65c5bf988c99e9", "onTime": true, "version": 1}	\\xfe89917d76787414149c62927e54f38eb22db85890547ecc02c24c1e00eb3fee
half	half.sites.TF	13	1	753	half.sites.TF.S1.S1-2	approved	P	P	\N	2026-11-30 09:52:43.5+00	2026-11-30 09:52:43.5+00	{"auto": true, "version": 1}	\\x55b9114410fa9663ee0fe4f15013d3b3f66ed7a5ae0e3a3b907eb75ee354797e
half	half.sites.TF	14	1	754	half.sites.TF.S1.S1-3	progressed	P	P	4a6ca1c6ab83c16fa32aee5fc1cd5a6e6a21239ec6af5800af00a386739c9ed7	2026-11-30 09:52:43.61+00	2026-11-30 09:52:43.61+00	{"note": "在办"}	\\x627f147780d1f4d5b44dd5752cceeb4828733b8a3ba7da777b075970b64d0bd9
done	done.sites.TF	20	1	745	done.sites.TF.S1	rolledUp	\N	\N	\N	2026-11-30 09:52:42.962+00	2026-11-30 09:52:42.962+00	{"n": 1, "final": true, "digest": "c1f4c9da8093ebf235405b6c8499c11d1cd6b35fd6b8e6adc2eece0385b4d0b7", "onTime": true, "values": {"n": 6}, "coverage": {"approved": 3, "expected": 3, "reported": 3}}	\\x6a1bd99009f16e9d89b6654ac21df99e39d46a83f4717f5953bf0601253e2359
done	done.sites.TF	21	1	745	done.sites.TF.S1	approved	\N	\N	\N	2026-11-30 09:52:42.962+00	2026-11-30 09:52:42.962+00	{"auto": true, "version": 1}	\\x2cf6eef21bbb9607ae54982977a83da7644c152a0301034782ecad15f3908a90
done	done.sites.TF	25	1	750	done.sites.TF.S2	rolledUp	\N	\N	\N	2026-11-30 09:52:43.369+00	2026-11-30 09:52:43.369+00	{"n": 1, "final": true, "digest": "22e2bd46dc9c692cfccb848b9a851c4c9c0c7c10c54d79797512729e72fc00a6", "onTime": true, "values": {"n": 9}, "coverage": {"approved": 2, "expected": 2, "reported": 2}}	\\x7b7fda3578bae1838bf56dfb2aa28d2a8cbdbf99dd9c6b26bed070afa96c48e4
done	done.sites.TF	26	1	750	done.sites.TF.S2	approved	\N	\N	\N	2026-11-30 09:52:43.369+00	2026-11-30 09:52:43.369+00	{"auto": true, "version": 1}	\\x21a6fceeabfeca5cd5c76eb85e7ae1b904ff7bb305d1ad415c85e3a1d1b76568
done	done	2	1	752	done.sites.TF	rolledUp	\N	\N	\N	2026-11-30 09:52:43.511+00	2026-11-30 09:52:43.511+00	{"n": 1, "final": true, "digest": "fd77293ca839a99ea5faea038296f3aab0716f9ad053a9026ed4073198e4b06c", "onTime": true, "values": {"n": 15}, "coverage": {"approved": 5, "expected": 5, "reported": 5}}	\\x0e938dbb8872631b7457c5d07b16a65113b6b719196a619f5aa23c4a4edf0396
done	done	3	1	752	done.sites.TF	approved	\N	\N	\N	2026-11-30 09:52:43.511+00	2026-11-30 09:52:43.511+00	{"auto": true, "version": 1}	\\x6268844faf5eee2cb0ebd38d6758fa381b9b878f14dff730346390b72026b3f9
done	done	4	1	756	\N	closed	\N	\N	\N	2026-11-30 09:52:43.71+00	2026-11-30 09:52:43.71+00	{"outcome": "settled"}	\\xb21bdd12031a473f42b8ba13a549fdffc62d9ff58a9d2bfd4e2e3b4b3db41944
\.


--
-- Data for Name: file; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.file (id, name, size, sha256, media_type, by, at) FROM stdin;
\.


--
-- Data for Name: form; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.form (name, version, title, form, note, office, cloned_from, made_by, made_at) FROM stdin;
\.


--
-- Data for Name: hand_up; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.hand_up (directive, n, kind, content, digest, note, by, at) FROM stdin;
\.


--
-- Data for Name: installation; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.installation (is_only, epoch, organisation_version, sign_in_version, name, routing_version) FROM stdin;
t	1	3	1	\N	1
\.


--
-- Data for Name: link; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.link (id, directive, assignment, person, action, expires_at, used_at, made_at) FROM stdin;
\.


--
-- Data for Name: link_guess; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.link_guess (address, at) FROM stdin;
\.


--
-- Data for Name: link_secret; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.link_secret (is_only, secret) FROM stdin;
t	\\x082a3f15099fd0bd254b86e3b6c68ca5a417ea928eab5f1d77e6b77d0ac2112d
\.


--
-- Data for Name: login_failure; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.login_failure (login, address, at) FROM stdin;
\.


--
-- Data for Name: migration; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.migration (id, name, run_on) FROM stdin;
1	000001_organisation	2026-11-30 09:52:32.600252
2	000002_directive	2026-11-30 09:52:32.600252
3	000003_life	2026-11-30 09:52:32.600252
4	000004_calendar	2026-11-30 09:52:32.600252
5	000005_delivery	2026-11-30 09:52:32.600252
6	000006_slip	2026-11-30 09:52:32.600252
7	000007_link	2026-11-30 09:52:32.600252
8	000008_share	2026-11-30 09:52:32.600252
9	000009_replanning	2026-11-30 09:52:32.600252
10	000010_form	2026-11-30 09:52:32.600252
11	000011_template	2026-11-30 09:52:32.600252
\.


--
-- Data for Name: notification; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.notification (id, epoch, tx, person, type, directive, assignment, data, at, read_at) FROM stdin;
1	1	745	P	rolledUp	done	done.sites.TF.S1	{"n": 1, "final": true, "title": "志愿者站点", "holder": "unit/S1", "onTime": true, "coverage": {"approved": 3, "expected": 3, "reported": 3}}	2026-11-30 09:52:42.962+00	\N
2	1	750	P	rolledUp	done	done.sites.TF.S2	{"n": 1, "final": true, "title": "志愿者站点", "holder": "unit/S2", "onTime": true, "coverage": {"approved": 2, "expected": 2, "reported": 2}}	2026-11-30 09:52:43.369+00	\N
3	1	752	P	rolledUp	done	done.sites.TF	{"n": 1, "final": true, "title": "志愿者站点", "holder": "taskForce/TF", "onTime": true, "coverage": {"approved": 5, "expected": 5, "reported": 5}}	2026-11-30 09:52:43.511+00	\N
\.


--
-- Data for Name: person; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.person (seq, id, name, unit, login, phone, email) FROM stdin;
1	admin	系统管理员	\N	admin	\N	\N
2	P	众	\N	P	\N	\N
\.


--
-- Data for Name: plan; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.plan (desk, directive, rows) FROM stdin;
half	half	[{"id": "half.sites.TF", "item": "sites", "node": true, "unit": null, "basis": {"by": "margin", "ms": 0}, "dueAt": 2111392360033, "parent": null, "ownDesk": "half.sites.TF", "taskForce": "TF", "acknowledgeBy": null}]
half.sites.TF	half	[{"id": "half.sites.TF.S1", "item": "sites", "node": true, "unit": "S1", "basis": {"by": "margin", "ms": 0}, "dueAt": 2111392360033, "parent": "half.sites.TF", "ownDesk": null, "taskForce": "TF", "acknowledgeBy": null}, {"id": "half.sites.TF.S1.S1-1", "item": "sites", "node": false, "unit": "S1-1", "basis": {"by": "margin", "ms": 0}, "dueAt": 2111392360033, "parent": "half.sites.TF.S1", "ownDesk": null, "taskForce": "TF", "acknowledgeBy": null}, {"id": "half.sites.TF.S1.S1-2", "item": "sites", "node": false, "unit": "S1-2", "basis": {"by": "margin", "ms": 0}, "dueAt": 2111392360033, "parent": "half.sites.TF.S1", "ownDesk": null, "taskForce": "TF", "acknowledgeBy": null}, {"id": "half.sites.TF.S1.S1-3", "item": "sites", "node": false, "unit": "S1-3", "basis": {"by": "margin", "ms": 0}, "dueAt": 2111392360033, "parent": "half.sites.TF.S1", "ownDesk": null, "taskForce": "TF", "acknowledgeBy": null}, {"id": "half.sites.TF.S2", "item": "sites", "node": true, "unit": "S2", "basis": {"by": "margin", "ms": 0}, "dueAt": 2111392360033, "parent": "half.sites.TF", "ownDesk": null, "taskForce": "TF", "acknowledgeBy": null}, {"id": "half.sites.TF.S2.S2-1", "item": "sites", "node": false, "unit": "S2-1", "basis": {"by": "margin", "ms": 0}, "dueAt": 2111392360033, "parent": "half.sites.TF.S2", "ownDesk": null, "taskForce": "TF", "acknowledgeBy": null}, {"id": "half.sites.TF.S2.S2-2", "item": "sites", "node": false, "unit": "S2-2", "basis": {"by": "margin", "ms": 0}, "dueAt": 2111392360033, "parent": "half.sites.TF.S2", "ownDesk": null, "taskForce": "TF", "acknowledgeBy": null}]
done	done	[{"id": "done.sites.TF", "item": "sites", "node": true, "unit": null, "basis": {"by": "margin", "ms": 0}, "dueAt": 2111392361436, "parent": null, "ownDesk": "done.sites.TF", "taskForce": "TF", "acknowledgeBy": null}]
done.sites.TF	done	[{"id": "done.sites.TF.S1", "item": "sites", "node": true, "unit": "S1", "basis": {"by": "margin", "ms": 0}, "dueAt": 2111392361436, "parent": "done.sites.TF", "ownDesk": null, "taskForce": "TF", "acknowledgeBy": null}, {"id": "done.sites.TF.S1.S1-1", "item": "sites", "node": false, "unit": "S1-1", "basis": {"by": "margin", "ms": 0}, "dueAt": 2111392361436, "parent": "done.sites.TF.S1", "ownDesk": null, "taskForce": "TF", "acknowledgeBy": null}, {"id": "done.sites.TF.S1.S1-2", "item": "sites", "node": false, "unit": "S1-2", "basis": {"by": "margin", "ms": 0}, "dueAt": 2111392361436, "parent": "done.sites.TF.S1", "ownDesk": null, "taskForce": "TF", "acknowledgeBy": null}, {"id": "done.sites.TF.S1.S1-3", "item": "sites", "node": false, "unit": "S1-3", "basis": {"by": "margin", "ms": 0}, "dueAt": 2111392361436, "parent": "done.sites.TF.S1", "ownDesk": null, "taskForce": "TF", "acknowledgeBy": null}, {"id": "done.sites.TF.S2", "item": "sites", "node": true, "unit": "S2", "basis": {"by": "margin", "ms": 0}, "dueAt": 2111392361436, "parent": "done.sites.TF", "ownDesk": null, "taskForce": "TF", "acknowledgeBy": null}, {"id": "done.sites.TF.S2.S2-1", "item": "sites", "node": false, "unit": "S2-1", "basis": {"by": "margin", "ms": 0}, "dueAt": 2111392361436, "parent": "done.sites.TF.S2", "ownDesk": null, "taskForce": "TF", "acknowledgeBy": null}, {"id": "done.sites.TF.S2.S2-2", "item": "sites", "node": false, "unit": "S2-2", "basis": {"by": "margin", "ms": 0}, "dueAt": 2111392361436, "parent": "done.sites.TF.S2", "ownDesk": null, "taskForce": "TF", "acknowledgeBy": null}]
\.


--
-- Data for Name: policy; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.policy (name, version, body, at, by) FROM stdin;
\.


--
-- Data for Name: post; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.post (id, unit, task_force, role, person, starts, ends) FROM stdin;
1	\N	\N	administrator	admin	\N	\N
2	OFFICE	\N	staff	P	\N	\N
3	\N	TF	liaisonA	P	\N	\N
4	S1	\N	liaisonA	P	\N	\N
5	S2	\N	liaisonA	P	\N	\N
6	S1-1	\N	liaisonA	P	\N	\N
7	S1-2	\N	liaisonA	P	\N	\N
8	S1-3	\N	liaisonA	P	\N	\N
9	S2-1	\N	liaisonA	P	\N	\N
10	S2-2	\N	liaisonA	P	\N	\N
\.


--
-- Data for Name: preference; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.preference (person, body, version) FROM stdin;
\.


--
-- Data for Name: session; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.session (hash, person, made_at, expires_at) FROM stdin;
\.


--
-- Data for Name: slip; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.slip (id, seq, directive, assignment, path, office, year, number, color, holder, issuer, clock, facts, at, countersigned_at, countersigned_by) FROM stdin;
\.


--
-- Data for Name: slip_counter; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.slip_counter (office, year, last) FROM stdin;
\.


--
-- Data for Name: submission; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.submission (directive, assignment, version, kind, content, by, at) FROM stdin;
done	done.sites.TF.S1.S1-1	1	report	{"note": null, "rows": {}, "values": {"n": 1}, "attachments": [], "explanations": {}}	P	2026-11-30 09:52:42.034+00
done	done.sites.TF.S1.S1-2	1	report	{"note": null, "rows": {}, "values": {"n": 2}, "attachments": [], "explanations": {}}	P	2026-11-30 09:52:42.278+00
done	done.sites.TF.S1.S1-3	1	report	{"note": null, "rows": {}, "values": {"n": 3}, "attachments": [], "explanations": {}}	P	2026-11-30 09:52:42.444+00
done	done.sites.TF.S2.S2-1	1	report	{"note": null, "rows": {}, "values": {"n": 4}, "attachments": [], "explanations": {}}	P	2026-11-30 09:52:42.617+00
done	done.sites.TF.S1	1	roll-up	{"own": null, "rows": {}, "final": true, "values": {"n": 6}, "coverage": {"missing": [], "approved": 3, "expected": 3, "reported": 3}}	\N	2026-11-30 09:52:42.962+00
done	done.sites.TF.S2.S2-2	1	report	{"note": null, "rows": {}, "values": {"n": 5}, "attachments": [], "explanations": {}}	P	2026-11-30 09:52:43.034+00
half	half.sites.TF.S1.S1-1	1	report	{"note": null, "rows": {}, "values": {"n": 1}, "attachments": [], "explanations": {}}	P	2026-11-30 09:52:43.287+00
done	done.sites.TF.S2	1	roll-up	{"own": null, "rows": {}, "final": true, "values": {"n": 9}, "coverage": {"missing": [], "approved": 2, "expected": 2, "reported": 2}}	\N	2026-11-30 09:52:43.369+00
done	done.sites.TF	1	roll-up	{"own": null, "rows": {}, "final": true, "values": {"n": 15}, "coverage": {"missing": [], "approved": 5, "expected": 5, "reported": 5}}	\N	2026-11-30 09:52:43.511+00
half	half.sites.TF.S1.S1-2	1	report	{"note": null, "rows": {}, "values": {"n": 2}, "attachments": [], "explanations": {}}	P	2026-11-30 09:52:43.5+00
\.


--
-- Data for Name: task_force; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.task_force (seq, code, name, office, lead_unit, members, established, sunset) FROM stdin;
1	TF	志愿专班	OFFICE	\N	{S1,S2}	\N	\N
\.


--
-- Data for Name: template; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.template (form, name, version, kind, file, mapping, office, made_by, made_at) FROM stdin;
\.


--
-- Data for Name: token; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.token (seq, id, hash, name, person, made_by, made_at, expires_at, revoked_at) FROM stdin;
1	admin	a11c74d7d78f73b2e8f5256d8021e045a634444e95b56ce12a0c439c629e5d7b	test	admin	admin	2026-11-30 09:52:39.907353+00	\N	\N
2	P	9b6839ebbbacdaf0eb7857d53fb16e96a705b1c45fd543fc7bf2b92e387e24af	test	P	admin	2026-11-30 09:52:39.995175+00	\N	\N
\.


--
-- Data for Name: unit; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.unit (seq, code, name, kind, parent) FROM stdin;
1	OFFICE	区办公室	office	\N
2	S1	S1街道	street	\N
3	S1-1	S1-1社区	community	S1
4	S1-2	S1-2社区	community	S1
5	S1-3	S1-3社区	community	S1
6	S2	S2街道	street	\N
7	S2-1	S2-1社区	community	S2
8	S2-2	S2-2社区	community	S2
\.


--
-- Data for Name: verdict; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.verdict (id, request, status, code, body, at) FROM stdin;
6f344a9ab9a63b6e573c6a4a16fc91e95b5515c01dbea29769a0cd60bc377957	69399d9d2732fece22a28cc0d980bc45a68e99cce184d261f36398146be3709c	200	\N	\N	2026-11-30 09:52:42.035827+00
e9fdd5becd747cce56854ccc3df613cbdb7f543995a85c2c0fe37034ec11ef60	201488bc2795384d43fde6d0ee6dc6905f68b60621c8853cdb119a12d0403f41	200	\N	\N	2026-11-30 09:52:42.269346+00
adbf67e125825336a4e009e66ca4d314a91339abe3f8dd1e37d05efb8de7bc7e	9e0df997e60a03c1b8d567588e8068c128b4db911a01d91c6e41aeda8504ea9d	200	\N	\N	2026-11-30 09:52:42.43266+00
0c53a70cfdcb18fc574761375ac19d6068eff49e8b32b169707e32956b3d8c3e	09088a325379b507a91a1e18c8369d4cdce02e54a8c3fd38ed35d3b765c5f325	200	\N	\N	2026-11-30 09:52:42.606049+00
5d85576a10ce4ed39c1c5a825b8b4b8ecbab98e29ecd64363ba8fbdedab47cb9	0663912cd48c8a456899bd1183b18d705b0c7699f652ac5b2046ed62eb411273	200	\N	\N	2026-11-30 09:52:43.026192+00
b41d29c292fee7d733103b0454b6006b083c004db88fe50870297563fd8f2b09	67ddf834c1c1a57c3b3574ea394b03f36cf6e9b0e3025b994453dbea6f788d4e	200	\N	\N	2026-11-30 09:52:43.193322+00
d8650b191588ecbc054f570ec43baf434e2912285239764f9102658d9cc8d438	9ce59a88b82b60d5f1484514efd25819fdd4d07ce6821514436c917c820a8b93	200	\N	\N	2026-11-30 09:52:43.272867+00
d1c16c706eeb8180d89ee0b9615231c97798f900640d07d3fc8299558b0480b3	5554bbb615f54bbcb4b547333c9a593715c9700a84e832e1ebd2484709f1ba06	200	\N	\N	2026-11-30 09:52:43.370414+00
7f297424d4b8da04eafb0f87a8c1f39714d6330e7c3bacbabed56641ff5f75b7	3376f7e17fdd624950d107f60610cfd8df73c0f764c3bb8ba72baa1f32ff5bdd	200	\N	\N	2026-11-30 09:52:43.484504+00
4a6ca1c6ab83c16fa32aee5fc1cd5a6e6a21239ec6af5800af00a386739c9ed7	84e53321841e43eec5a5e329b5ba9fd85424c7b726f943c547ed2223c8dc5080	200	\N	\N	2026-11-30 09:52:43.600111+00
982283ece1841aa95fbc00e4575013bc204f14f69b9b6ff72344c1b6cb32f383	9a0b8e294ce3017ceabf81f1fca9da16b196110d65b064f4a4333a57a5081aef	422	INVALID	{"code": "INVALID", "errors": [{"code": "DUE_NOT_LATER", "path": "due", "params": {"dueAt": "2036-11-27T09:52:40.033Z"}}]}	2026-11-30 09:52:43.682412+00
\.


--
-- Name: delivery_id; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.delivery_id', 1, false);


--
-- Name: endpoint_seq_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.endpoint_seq_seq', 1, false);


--
-- Name: migration_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.migration_id_seq', 11, true);


--
-- Name: notification_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.notification_id_seq', 3, true);


--
-- Name: person_seq_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.person_seq_seq', 2, true);


--
-- Name: post_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.post_id_seq', 10, true);


--
-- Name: task_force_seq_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.task_force_seq_seq', 1, true);


--
-- Name: token_seq_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.token_seq_seq', 2, true);


--
-- Name: unit_seq_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.unit_seq_seq', 8, true);


--
-- Name: account account_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_pkey PRIMARY KEY (person);


--
-- Name: amendment amendment_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.amendment
    ADD CONSTRAINT amendment_pkey PRIMARY KEY (directive, n);


--
-- Name: assignment assignment_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.assignment
    ADD CONSTRAINT assignment_pkey PRIMARY KEY (directive, id);


--
-- Name: attachment attachment_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.attachment
    ADD CONSTRAINT attachment_pkey PRIMARY KEY (file, directive, assignment);


--
-- Name: calendar calendar_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.calendar
    ADD CONSTRAINT calendar_pkey PRIMARY KEY (id, version);


--
-- Name: delivery delivery_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.delivery
    ADD CONSTRAINT delivery_pkey PRIMARY KEY (id);


--
-- Name: desk desk_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.desk
    ADD CONSTRAINT desk_pkey PRIMARY KEY (id);


--
-- Name: directive directive_number_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.directive
    ADD CONSTRAINT directive_number_key UNIQUE (number);


--
-- Name: directive directive_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.directive
    ADD CONSTRAINT directive_pkey PRIMARY KEY (id);


--
-- Name: element element_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.element
    ADD CONSTRAINT element_pkey PRIMARY KEY (key);


--
-- Name: endpoint endpoint_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.endpoint
    ADD CONSTRAINT endpoint_pkey PRIMARY KEY (id);


--
-- Name: endpoint endpoint_seq_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.endpoint
    ADD CONSTRAINT endpoint_seq_key UNIQUE (seq);


--
-- Name: event event_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.event
    ADD CONSTRAINT event_pkey PRIMARY KEY (directive, desk, seq);


--
-- Name: file file_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.file
    ADD CONSTRAINT file_pkey PRIMARY KEY (id);


--
-- Name: form form_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.form
    ADD CONSTRAINT form_pkey PRIMARY KEY (name, version);


--
-- Name: hand_up hand_up_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.hand_up
    ADD CONSTRAINT hand_up_pkey PRIMARY KEY (directive, n);


--
-- Name: installation installation_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.installation
    ADD CONSTRAINT installation_pkey PRIMARY KEY (is_only);


--
-- Name: link link_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.link
    ADD CONSTRAINT link_pkey PRIMARY KEY (id);


--
-- Name: link_secret link_secret_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.link_secret
    ADD CONSTRAINT link_secret_pkey PRIMARY KEY (is_only);


--
-- Name: migration migration_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.migration
    ADD CONSTRAINT migration_pkey PRIMARY KEY (id);


--
-- Name: notification notification_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.notification
    ADD CONSTRAINT notification_pkey PRIMARY KEY (id);


--
-- Name: person person_login_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.person
    ADD CONSTRAINT person_login_key UNIQUE (login) DEFERRABLE;


--
-- Name: person person_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.person
    ADD CONSTRAINT person_pkey PRIMARY KEY (id);


--
-- Name: person person_seq_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.person
    ADD CONSTRAINT person_seq_key UNIQUE (seq);


--
-- Name: plan plan_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.plan
    ADD CONSTRAINT plan_pkey PRIMARY KEY (desk);


--
-- Name: policy policy_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.policy
    ADD CONSTRAINT policy_pkey PRIMARY KEY (name, version);


--
-- Name: post post_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.post
    ADD CONSTRAINT post_pkey PRIMARY KEY (id);


--
-- Name: preference preference_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.preference
    ADD CONSTRAINT preference_pkey PRIMARY KEY (person);


--
-- Name: session session_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.session
    ADD CONSTRAINT session_pkey PRIMARY KEY (hash);


--
-- Name: slip_counter slip_counter_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.slip_counter
    ADD CONSTRAINT slip_counter_pkey PRIMARY KEY (office, year);


--
-- Name: slip slip_office_year_number_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.slip
    ADD CONSTRAINT slip_office_year_number_key UNIQUE (office, year, number);


--
-- Name: slip slip_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.slip
    ADD CONSTRAINT slip_pkey PRIMARY KEY (id);


--
-- Name: submission submission_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.submission
    ADD CONSTRAINT submission_pkey PRIMARY KEY (directive, assignment, kind, version);


--
-- Name: task_force task_force_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.task_force
    ADD CONSTRAINT task_force_pkey PRIMARY KEY (code);


--
-- Name: task_force task_force_seq_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.task_force
    ADD CONSTRAINT task_force_seq_key UNIQUE (seq);


--
-- Name: template template_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.template
    ADD CONSTRAINT template_pkey PRIMARY KEY (form, name, version);


--
-- Name: token token_hash_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.token
    ADD CONSTRAINT token_hash_key UNIQUE (hash);


--
-- Name: token token_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.token
    ADD CONSTRAINT token_pkey PRIMARY KEY (id);


--
-- Name: token token_seq_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.token
    ADD CONSTRAINT token_seq_key UNIQUE (seq);


--
-- Name: unit unit_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.unit
    ADD CONSTRAINT unit_pkey PRIMARY KEY (code);


--
-- Name: unit unit_seq_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.unit
    ADD CONSTRAINT unit_seq_key UNIQUE (seq);


--
-- Name: verdict verdict_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.verdict
    ADD CONSTRAINT verdict_pkey PRIMARY KEY (id);


--
-- Name: assignment_asked; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX assignment_asked ON public.assignment USING btree (due_at, id) WHERE asked;


--
-- Name: assignment_fault; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX assignment_fault ON public.assignment USING btree (desk) WHERE (fault IS NOT NULL);


--
-- Name: assignment_held; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX assignment_held ON public.assignment USING btree (holder, due_at, id);


--
-- Name: assignment_last; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX assignment_last ON public.assignment USING btree (unit, due_at DESC) WHERE ((approved > 0) AND (unit IS NOT NULL) AND (NOT node));


--
-- Name: assignment_review; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX assignment_review ON public.assignment USING btree (due_at, id) WHERE ((phase = 'submitted'::text) OR (approved < current));


--
-- Name: assignment_transfer; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX assignment_transfer ON public.assignment USING btree (transfer_to, due_at, id) WHERE (transfer_to IS NOT NULL);


--
-- Name: assignment_wake; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX assignment_wake ON public.assignment USING btree (desk, next_wake);


--
-- Name: attachment_directive; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX attachment_directive ON public.attachment USING btree (directive);


--
-- Name: delivery_collapse; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX delivery_collapse ON public.delivery USING btree (collapse, id DESC) WHERE (collapse IS NOT NULL);


--
-- Name: delivery_digest; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX delivery_digest ON public.delivery USING btree (due_at, person) WHERE ((state = 'waiting'::text) AND digest);


--
-- Name: delivery_due; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX delivery_due ON public.delivery USING btree (channel, due_at, id) WHERE ((state = 'waiting'::text) AND (NOT digest));


--
-- Name: delivery_issued; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX delivery_issued ON public.delivery USING btree (assignment) WHERE (type = 'issued'::text);


--
-- Name: delivery_person; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX delivery_person ON public.delivery USING btree (person, id DESC);


--
-- Name: desk_behind_mark; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX desk_behind_mark ON public.desk USING btree (asked_at) WHERE ((asked <> looked) AND (NOT ended));


--
-- Name: desk_behind_wake; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX desk_behind_wake ON public.desk USING btree (planned_at) WHERE ((planned_at IS NOT NULL) AND (NOT ended));


--
-- Name: desk_directive; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX desk_directive ON public.desk USING btree (directive);


--
-- Name: desk_node; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX desk_node ON public.desk USING btree (node) WHERE (node IS NOT NULL);


--
-- Name: desk_parent; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX desk_parent ON public.desk USING btree (parent) WHERE (parent IS NOT NULL);


--
-- Name: directive_made; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX directive_made ON public.directive USING btree (made_at DESC, id DESC);


--
-- Name: directive_open_calendar; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX directive_open_calendar ON public.directive USING btree (calendar, id) WHERE (phase = 'open'::text);


--
-- Name: event_assignment; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX event_assignment ON public.event USING btree (assignment, seq) WHERE (assignment IS NOT NULL);


--
-- Name: event_command; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX event_command ON public.event USING btree (command) WHERE (command IS NOT NULL);


--
-- Name: event_order; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX event_order ON public.event USING btree (directive, epoch, tx, desk, seq);


--
-- Name: event_shared; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX event_shared ON public.event USING btree (((data ->> 'to'::text))) WHERE (type = 'shared'::text);


--
-- Name: event_stream; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX event_stream ON public.event USING btree (epoch, tx);


--
-- Name: link_expires_at; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX link_expires_at ON public.link USING btree (expires_at);


--
-- Name: link_guess_address; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX link_guess_address ON public.link_guess USING btree (address, at);


--
-- Name: link_guess_at; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX link_guess_at ON public.link_guess USING btree (at);


--
-- Name: login_failure_at; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX login_failure_at ON public.login_failure USING btree (at);


--
-- Name: notification_issued; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX notification_issued ON public.notification USING btree (assignment) WHERE (type = 'issued'::text);


--
-- Name: notification_person; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX notification_person ON public.notification USING btree (person, id DESC);


--
-- Name: notification_stream; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX notification_stream ON public.notification USING btree (epoch, tx, id);


--
-- Name: notification_unread; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX notification_unread ON public.notification USING btree (person, id DESC) WHERE (read_at IS NULL);


--
-- Name: post_person; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX post_person ON public.post USING btree (person);


--
-- Name: post_seat; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX post_seat ON public.post USING btree (COALESCE(unit, ''::text), COALESCE(task_force, ''::text), role, person, COALESCE(starts, ''::text));


--
-- Name: preference_version; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX preference_version ON public.preference USING btree (version);


--
-- Name: session_expires_at; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX session_expires_at ON public.session USING btree (expires_at);


--
-- Name: session_person; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX session_person ON public.session USING btree (person);


--
-- Name: slip_assignment; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX slip_assignment ON public.slip USING btree (assignment, seq);


--
-- Name: slip_directive; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX slip_directive ON public.slip USING btree (directive, at DESC, id DESC);


--
-- Name: slip_newest; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX slip_newest ON public.slip USING btree (at DESC, id DESC);


--
-- Name: template_file; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX template_file ON public.template USING btree (file);


--
-- Name: token_person; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX token_person ON public.token USING btree (person);


--
-- Name: unit_parent; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX unit_parent ON public.unit USING btree (parent);


--
-- Name: verdict_at; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX verdict_at ON public.verdict USING btree (at);


--
-- Name: account account_changed; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER account_changed AFTER UPDATE ON public.account REFERENCING OLD TABLE AS was FOR EACH STATEMENT EXECUTE FUNCTION public.raise_sign_in_version();


--
-- Name: session session_ended; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER session_ended AFTER DELETE ON public.session REFERENCING OLD TABLE AS was FOR EACH STATEMENT EXECUTE FUNCTION public.raise_sign_in_version();


--
-- Name: token token_changed; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER token_changed AFTER UPDATE ON public.token REFERENCING OLD TABLE AS was FOR EACH STATEMENT EXECUTE FUNCTION public.raise_sign_in_version();


--
-- Name: account account_person_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_person_fkey FOREIGN KEY (person) REFERENCES public.person(id);


--
-- Name: amendment amendment_directive_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.amendment
    ADD CONSTRAINT amendment_directive_fkey FOREIGN KEY (directive) REFERENCES public.directive(id);


--
-- Name: desk desk_directive_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.desk
    ADD CONSTRAINT desk_directive_fkey FOREIGN KEY (directive) REFERENCES public.directive(id);


--
-- Name: hand_up hand_up_directive_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.hand_up
    ADD CONSTRAINT hand_up_directive_fkey FOREIGN KEY (directive) REFERENCES public.directive(id);


--
-- Name: person person_unit_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.person
    ADD CONSTRAINT person_unit_fkey FOREIGN KEY (unit) REFERENCES public.unit(code);


--
-- Name: plan plan_desk_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.plan
    ADD CONSTRAINT plan_desk_fkey FOREIGN KEY (desk) REFERENCES public.desk(id);


--
-- Name: post post_person_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.post
    ADD CONSTRAINT post_person_fkey FOREIGN KEY (person) REFERENCES public.person(id);


--
-- Name: post post_task_force_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.post
    ADD CONSTRAINT post_task_force_fkey FOREIGN KEY (task_force) REFERENCES public.task_force(code);


--
-- Name: post post_unit_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.post
    ADD CONSTRAINT post_unit_fkey FOREIGN KEY (unit) REFERENCES public.unit(code);


--
-- Name: preference preference_person_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.preference
    ADD CONSTRAINT preference_person_fkey FOREIGN KEY (person) REFERENCES public.person(id);


--
-- Name: session session_person_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.session
    ADD CONSTRAINT session_person_fkey FOREIGN KEY (person) REFERENCES public.person(id);


--
-- Name: task_force task_force_lead_unit_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.task_force
    ADD CONSTRAINT task_force_lead_unit_fkey FOREIGN KEY (lead_unit) REFERENCES public.unit(code);


--
-- Name: task_force task_force_office_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.task_force
    ADD CONSTRAINT task_force_office_fkey FOREIGN KEY (office) REFERENCES public.unit(code);


--
-- Name: token token_made_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.token
    ADD CONSTRAINT token_made_by_fkey FOREIGN KEY (made_by) REFERENCES public.person(id);


--
-- Name: token token_person_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.token
    ADD CONSTRAINT token_person_fkey FOREIGN KEY (person) REFERENCES public.person(id);


--
-- Name: unit unit_parent_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.unit
    ADD CONSTRAINT unit_parent_fkey FOREIGN KEY (parent) REFERENCES public.unit(code);


--
-- PostgreSQL database dump complete
--


