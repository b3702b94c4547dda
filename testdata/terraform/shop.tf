# A shop as a team would run it: a network of its own, a registry, two services behind one load balancer.

terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

variable "endpoint" {
  type = string
}

variable "image" {
  type = string
}

variable "listener_port" {
  type = number
}

provider "aws" {
  region     = "eu-west-1"
  access_key = "test"
  secret_key = "test"

  skip_metadata_api_check = true

  default_tags {
    tags = {
      Project     = "shop"
      Environment = "test"
    }
  }

  endpoints {
    ec2   = var.endpoint
    ecr   = var.endpoint
    ecs   = var.endpoint
    elbv2 = var.endpoint
    iam   = var.endpoint
    logs  = var.endpoint
    sts   = var.endpoint
  }
}

data "aws_caller_identity" "current" {}

data "aws_region" "current" {}

data "aws_availability_zones" "available" {
  state = "available"
}

# --- the network ---

resource "aws_vpc" "shop" {
  cidr_block           = "10.77.0.0/16"
  enable_dns_hostnames = true
  tags                 = { Name = "shop" }
}

resource "aws_subnet" "public" {
  count                   = 2
  vpc_id                  = aws_vpc.shop.id
  cidr_block              = cidrsubnet(aws_vpc.shop.cidr_block, 8, count.index)
  availability_zone       = data.aws_availability_zones.available.names[count.index]
  map_public_ip_on_launch = true
  tags                    = { Name = "shop-public-${count.index}" }
}

resource "aws_subnet" "private" {
  count             = 2
  vpc_id            = aws_vpc.shop.id
  cidr_block        = cidrsubnet(aws_vpc.shop.cidr_block, 8, 10 + count.index)
  availability_zone = data.aws_availability_zones.available.names[count.index]
  tags              = { Name = "shop-private-${count.index}" }
}

resource "aws_internet_gateway" "shop" {
  vpc_id = aws_vpc.shop.id
}

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.shop.id

  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.shop.id
  }
}

resource "aws_route_table_association" "public" {
  count          = 2
  subnet_id      = aws_subnet.public[count.index].id
  route_table_id = aws_route_table.public.id
}

resource "aws_route_table" "private" {
  vpc_id = aws_vpc.shop.id
}

resource "aws_route" "private" {
  route_table_id         = aws_route_table.private.id
  destination_cidr_block = "192.168.0.0/16"
  gateway_id             = aws_internet_gateway.shop.id
}

resource "aws_route_table_association" "private" {
  count          = 2
  subnet_id      = aws_subnet.private[count.index].id
  route_table_id = aws_route_table.private.id
}

resource "aws_default_security_group" "shop" {
  vpc_id = aws_vpc.shop.id
}

resource "aws_security_group" "balancer" {
  name        = "shop-balancer"
  description = "Who may reach the shop"
  vpc_id      = aws_vpc.shop.id
}

resource "aws_vpc_security_group_ingress_rule" "balancer" {
  security_group_id = aws_security_group.balancer.id
  description       = var.rule_description
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = var.listener_port
  to_port           = var.listener_port
  tags              = { Name = "world" }
}

variable "rule_description" {
  type    = string
  default = "The world"
}

resource "aws_vpc_security_group_egress_rule" "balancer" {
  security_group_id            = aws_security_group.balancer.id
  referenced_security_group_id = aws_security_group.tasks.id
  ip_protocol                  = "tcp"
  from_port                    = 80
  to_port                      = 80
}

resource "aws_security_group" "tasks" {
  name_prefix = "shop-tasks-"
  description = "What the tasks may do"
  vpc_id      = aws_vpc.shop.id

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "tasks" {
  security_group_id            = aws_security_group.tasks.id
  referenced_security_group_id = aws_security_group.balancer.id
  ip_protocol                  = "tcp"
  from_port                    = 80
  to_port                      = 80
}

resource "aws_vpc_security_group_egress_rule" "tasks" {
  security_group_id = aws_security_group.tasks.id
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "-1"
}

# The older way to write a rule, which teams mix with the newer one.
resource "aws_security_group_rule" "tasks" {
  type              = "ingress"
  security_group_id = aws_security_group.tasks.id
  description       = "Among themselves"
  self              = true
  protocol          = "tcp"
  from_port         = 9000
  to_port           = 9010
}

# --- the registry ---

resource "aws_ecr_repository" "shop" {
  name                 = "shop/web"
  image_tag_mutability = "IMMUTABLE"
  force_delete         = true

  image_scanning_configuration {
    scan_on_push = true
  }
}

resource "aws_ecr_lifecycle_policy" "shop" {
  repository = aws_ecr_repository.shop.name

  policy = jsonencode({
    rules = [{
      rulePriority = 1
      description  = "Keep the last ten"
      selection = {
        tagStatus   = "any"
        countType   = "imageCountMoreThan"
        countNumber = 10
      }
      action = { type = "expire" }
    }]
  })
}

resource "aws_ecr_repository_policy" "shop" {
  repository = aws_ecr_repository.shop.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "pull"
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }
      Action    = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
    }]
  })
}

# --- the load balancer ---

resource "aws_lb" "shop" {
  name               = "shop"
  load_balancer_type = "application"
  subnets            = aws_subnet.public[*].id
  security_groups    = [aws_security_group.balancer.id]
  idle_timeout       = 30
}

resource "aws_lb_target_group" "web" {
  name                 = "shop-web"
  port                 = 80
  protocol             = "HTTP"
  target_type          = "ip"
  vpc_id               = aws_vpc.shop.id
  deregistration_delay = 1

  health_check {
    path              = "/"
    interval          = 5
    timeout           = 2
    healthy_threshold = 2
    matcher           = "200-299"
  }

  stickiness {
    type    = "lb_cookie"
    enabled = false
  }
}

resource "aws_lb_target_group" "api" {
  name_prefix          = "api-"
  port                 = 80
  protocol             = "HTTP"
  target_type          = "ip"
  vpc_id               = aws_vpc.shop.id
  deregistration_delay = 1
  slow_start           = 0

  health_check {
    path              = "/"
    interval          = 5
    timeout           = 2
    healthy_threshold = 2
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_lb_listener" "shop" {
  load_balancer_arn = aws_lb.shop.arn
  port              = var.listener_port
  protocol          = "HTTP"

  default_action {
    type = "fixed-response"

    fixed_response {
      content_type = "text/plain"
      message_body = "nothing here"
      status_code  = "404"
    }
  }
}

resource "aws_lb_listener_rule" "web" {
  listener_arn = aws_lb_listener.shop.arn
  priority     = 100

  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.web.arn
  }

  condition {
    path_pattern {
      values = ["/", "/shop/*"]
    }
  }
}

resource "aws_lb_listener_rule" "api" {
  listener_arn = aws_lb_listener.shop.arn
  priority     = 50

  action {
    type = "forward"

    forward {
      target_group {
        arn    = aws_lb_target_group.api.arn
        weight = 9
      }

      target_group {
        arn    = aws_lb_target_group.web.arn
        weight = 1
      }

      stickiness {
        enabled  = true
        duration = 60
      }
    }
  }

  condition {
    host_header {
      values = ["api.shop.example"]
    }
  }

  condition {
    http_header {
      http_header_name = "X-Version"
      values           = ["2*"]
    }
  }

  condition {
    query_string {
      key   = "beta"
      value = "yes"
    }
  }
}

resource "aws_lb_listener_rule" "old" {
  listener_arn = aws_lb_listener.shop.arn

  action {
    type = "redirect"

    redirect {
      path        = "/shop/#{path}"
      status_code = "HTTP_301"
    }
  }

  condition {
    path_pattern {
      values = ["/old/*"]
    }
  }

  condition {
    source_ip {
      values = ["10.0.0.0/8", "127.0.0.0/8"]
    }
  }
}

# --- roles ---

data "aws_iam_policy_document" "tasks" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "execution" {
  name               = "shop-execution"
  assume_role_policy = data.aws_iam_policy_document.tasks.json
}

resource "aws_iam_role_policy_attachment" "execution" {
  role       = aws_iam_role.execution.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
}

resource "aws_iam_role_policy" "execution" {
  name = "secrets"
  role = aws_iam_role.execution.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["ssm:GetParameters", "secretsmanager:GetSecretValue"]
      Resource = "*"
    }]
  })
}

resource "aws_iam_role" "task" {
  name                 = "shop-task"
  path                 = "/shop/"
  description          = "What the shop itself may do"
  max_session_duration = 7200
  assume_role_policy   = data.aws_iam_policy_document.tasks.json
}

data "aws_iam_policy_document" "queue" {
  statement {
    sid       = "Queue"
    actions   = ["sqs:SendMessage", "sqs:ReceiveMessage"]
    resources = ["arn:aws:sqs:${data.aws_region.current.name}:${data.aws_caller_identity.current.account_id}:orders"]
  }
}

resource "aws_iam_policy" "queue" {
  name        = "shop-queue"
  description = "The queue of orders"
  policy      = data.aws_iam_policy_document.queue.json
}

resource "aws_iam_role_policy_attachment" "queue" {
  role       = aws_iam_role.task.name
  policy_arn = aws_iam_policy.queue.arn
}

# --- the services ---

resource "aws_cloudwatch_log_group" "shop" {
  for_each          = toset(["web", "api"])
  name              = "/shop/${each.key}"
  retention_in_days = 30
}

resource "aws_ecs_cluster" "shop" {
  name = "shop"

  setting {
    name  = "containerInsights"
    value = "enabled"
  }

  configuration {
    execute_command_configuration {
      logging = "DEFAULT"
    }
  }
}

resource "aws_ecs_cluster_capacity_providers" "shop" {
  cluster_name       = aws_ecs_cluster.shop.name
  capacity_providers = ["FARGATE", "FARGATE_SPOT"]

  default_capacity_provider_strategy {
    base              = 1
    weight            = 1
    capacity_provider = "FARGATE"
  }
}

variable "desired_count" {
  type    = number
  default = 1
}

locals {
  services = {
    web = aws_lb_target_group.web.arn
    api = aws_lb_target_group.api.arn
  }
}

resource "aws_ecs_task_definition" "shop" {
  for_each                 = local.services
  family                   = "shop-${each.key}"
  network_mode             = "awsvpc"
  requires_compatibilities = ["FARGATE"]
  cpu                      = 512
  memory                   = 1024
  execution_role_arn       = aws_iam_role.execution.arn
  task_role_arn            = aws_iam_role.task.arn

  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = "X86_64"
  }

  ephemeral_storage {
    size_in_gib = 30
  }

  volume {
    name = "scratch"
  }

  container_definitions = jsonencode([
    {
      name              = each.key
      image             = var.image
      essential         = true
      cpu               = 256
      memoryReservation = 128
      stopTimeout       = 5
      portMappings      = [{ name = "http", containerPort = 80, appProtocol = "http" }]
      environment       = [{ name = "STAGE", value = "test" }, { name = "NAME", value = each.key }]
      mountPoints       = [{ sourceVolume = "scratch", containerPath = "/scratch" }]
      ulimits           = [{ name = "nofile", softLimit = 4096, hardLimit = 8192 }]
      linuxParameters   = { initProcessEnabled = true }
      dockerLabels      = { team = "shop" }
      healthCheck       = { command = ["CMD-SHELL", "exit 0"], interval = 5, retries = 3, timeout = 2 }
      dependsOn         = [{ containerName = "migrate", condition = "SUCCESS" }]
      logConfiguration = {
        logDriver = "awslogs"
        options = {
          awslogs-group         = aws_cloudwatch_log_group.shop[each.key].name
          awslogs-region        = data.aws_region.current.name
          awslogs-stream-prefix = each.key
        }
      }
    },
    {
      name      = "migrate"
      image     = var.image
      essential = false
      command   = ["sh", "-c", "exit 0"]
    }
  ])
}

resource "aws_ecs_service" "shop" {
  for_each                           = local.services
  name                               = each.key
  cluster                            = aws_ecs_cluster.shop.id
  task_definition                    = aws_ecs_task_definition.shop[each.key].arn
  desired_count                      = var.desired_count
  platform_version                   = "1.4.0"
  propagate_tags                     = "SERVICE"
  enable_ecs_managed_tags            = true
  health_check_grace_period_seconds  = 30
  deployment_minimum_healthy_percent = 100
  deployment_maximum_percent         = 200
  wait_for_steady_state              = true

  capacity_provider_strategy {
    base              = 1
    weight            = 1
    capacity_provider = "FARGATE"
  }

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  deployment_controller {
    type = "ECS"
  }

  network_configuration {
    subnets         = aws_subnet.private[*].id
    security_groups = [aws_security_group.tasks.id]
  }

  load_balancer {
    target_group_arn = each.value
    container_name   = each.key
    container_port   = 80
  }

  depends_on = [
    aws_ecs_cluster_capacity_providers.shop,
    aws_lb_listener_rule.web,
    aws_lb_listener_rule.api,
    aws_iam_role_policy_attachment.execution,
  ]
}

output "url" {
  value = "http://${aws_lb.shop.dns_name}:${var.listener_port}"
}
